package io.tocsin.benchmarks.peer.timers;

import java.util.Comparator;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** {@link TreeMap}, ordered by deadline and number; cancels what it is told to. */
final class TreeMapTimers implements TimerStructure.Polled {
    private final TreeMap<Key, Boolean> tree =
            new TreeMap<>(Comparator.comparingLong(Key::deadlineNs).thenComparingInt(Key::timer));
    private final Key[] keys;
    private final IntConsumer fired;

    private record Key(long deadlineNs, int timer) {}

    TreeMapTimers(int count, IntConsumer fired) {
        keys = new Key[count];
        this.fired = fired;
    }

    @Override
    public void schedule(int timer, long deadlineNs) {
        Key key = new Key(deadlineNs, timer);
        keys[timer] = key;
        tree.put(key, true);
    }

    @Override
    public void cancel(int timer) {
        tree.remove(keys[timer]);
    }

    @Override
    public void poll(long nowNs) {
        while (!tree.isEmpty() && tree.firstKey().deadlineNs < nowNs) {
            fired.accept(tree.pollFirstEntry().getKey().timer);
        }
    }

    @Override
    public long armedCount() {
        return tree.size();
    }
}
