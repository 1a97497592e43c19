package io.tocsin.benchmarks.peer.timers;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.benchmarks.peer.TimerMix;
import java.util.function.IntConsumer;
import org.apache.kafka.server.util.timer.SystemTimer;
import org.apache.kafka.server.util.timer.TimerTask;

/**
 * Kafka's hierarchical wheel as its broker uses it: ticks of 1 ms, 20 a wheel, a thread that moves its clock on and another
 * one that runs what is due.
 */
final class KafkaTimers implements TimerStructure.Threaded {
    private static final long WAIT_MS = 200;

    private final SystemTimer timer = new SystemTimer("peer");
    private final Thread reaper = new Thread(this::reap, "reaper");
    private final TimerTask[] tasks;
    private final IntConsumer fired;
    private final long madeNs = System.nanoTime();

    KafkaTimers(int count, IntConsumer fired) {
        tasks = new TimerTask[count];
        this.fired = fired;
        reaper.setDaemon(true);
        reaper.start();
    }

    private static final class Task extends TimerTask {
        private final IntConsumer fired;
        private final int timer;

        Task(long delayMs, IntConsumer fired, int timer) {
            super(delayMs);
            this.fired = fired;
            this.timer = timer;
        }

        @Override
        public void run() {
            fired.accept(timer);
        }
    }

    @Override
    public void schedule(int number, long deadlineNs) {
        long delayNs = deadlineNs - TimerMix.START_NS - (System.nanoTime() - madeNs);
        tasks[number] = new Task(NANOSECONDS.toMillis(delayNs), fired, number);
        timer.add(tasks[number]);
    }

    @Override
    public void cancel(int number) {
        tasks[number].cancel();
    }

    @Override
    public long armedCount() {
        return timer.size();
    }

    @Override
    public void close() {
        reaper.interrupt();
        timer.close();
    }

    private void reap() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                timer.advanceClock(WAIT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // It is closed.
        }
    }
}
