package io.tocsin.engine.timer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The plain twin that proves the wheel: one sorted set by (deadline, rank). */
final class HeapTimers implements Timers {
    private record Armed(long deadlineNs, long rank, int timer) {}

    private final Order order;
    private final TreeSet<Armed> queue =
            new TreeSet<>(Comparator.comparingLong(Armed::deadlineNs).thenComparingLong(Armed::rank));
    private final Map<Integer, Armed> armedByTimer = new HashMap<>();

    HeapTimers(Order order) {
        this.order = order;
    }

    @Override
    public void schedule(int timer, long deadlineNs) {
        cancel(timer);
        if (deadlineNs != NEVER) {
            Armed armed = new Armed(deadlineNs, order.rankOf(timer), timer);
            armedByTimer.put(timer, armed);
            queue.add(armed);
        }
    }

    @Override
    public void cancel(int timer) {
        Armed armed = armedByTimer.remove(timer);
        if (armed != null) {
            queue.remove(armed);
        }
    }

    @Override
    public long deadlineNs(int timer) {
        Armed armed = armedByTimer.get(timer);
        return armed == null ? NEVER : armed.deadlineNs();
    }

    @Override
    public int expire(long nowNs, int limit, Handler handler) {
        int fired = 0;
        while (fired < limit && !queue.isEmpty() && queue.first().deadlineNs() < nowNs) {
            Armed armed = queue.first();
            cancel(armed.timer());
            handler.onExpired(armed.timer(), armed.deadlineNs());
            fired++;
        }
        return fired;
    }

    @Override
    public boolean isBehind(long nowNs) {
        return earliestNs() < nowNs;
    }

    @Override
    public long earliestNs() {
        return queue.isEmpty() ? NEVER : queue.first().deadlineNs();
    }

    @Override
    public int armedCount() {
        return armedByTimer.size();
    }
}
