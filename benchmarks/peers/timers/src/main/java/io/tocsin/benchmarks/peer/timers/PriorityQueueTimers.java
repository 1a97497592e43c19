package io.tocsin.benchmarks.peer.timers;

import java.util.PriorityQueue;
import java.util.function.IntConsumer;

/**
 * {@link PriorityQueue}. To remove an entry from its middle takes a search through all of it, so a cancelled one is only
 * marked and stays until its time.
 */
final class PriorityQueueTimers implements TimerStructure.Polled {
    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private final Entry[] entries;
    private final IntConsumer fired;
    private long armed;

    private static final class Entry implements Comparable<Entry> {
        private final int timer;
        private final long deadlineNs;
        private boolean cancelled;

        Entry(int timer, long deadlineNs) {
            this.timer = timer;
            this.deadlineNs = deadlineNs;
        }

        @Override
        public int compareTo(Entry other) {
            return Long.compare(deadlineNs, other.deadlineNs);
        }
    }

    PriorityQueueTimers(int count, IntConsumer fired) {
        entries = new Entry[count];
        this.fired = fired;
    }

    @Override
    public void schedule(int timer, long deadlineNs) {
        Entry entry = new Entry(timer, deadlineNs);
        entries[timer] = entry;
        queue.add(entry);
        armed++;
    }

    @Override
    public void cancel(int timer) {
        entries[timer].cancelled = true;
        armed--;
    }

    @Override
    public void poll(long nowNs) {
        for (Entry first = queue.peek(); first != null && first.deadlineNs < nowNs; first = queue.peek()) {
            queue.remove();
            if (!first.cancelled) {
                armed--;
                fired.accept(first.timer);
            }
        }
    }

    @Override
    public long armedCount() {
        return armed;
    }
}
