package io.tocsin.app.serve;

import io.tocsin.app.serve.ServeConfig.SnapshotSettings;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has snapshots made, on a thread of its own: after so many events or so much time, whatever comes first, as long as there
 * is anything new. A snapshot that fails is told and tried again when its time comes again. Made, started and closed by one
 * thread.
 */
final class SnapshotSchedule implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 250;

    /** Makes one snapshot. */
    @FunctionalInterface
    interface Maker {
        /** Why there is none; empty if there is one. */
        Optional<String> run() throws InterruptedException;
    }

    private final SnapshotSettings settings;
    private final LongSupplier position;
    private final Maker maker;
    private final Consumer<String> onFailure;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long lastPosition;
    private long lastNs;

    @Nullable
    private Thread thread;

    /**
     * A schedule.
     *
     * @param position tells how many records the journal has; any thread
     * @param onFailure is told why a snapshot could not be made, in a sentence
     */
    SnapshotSchedule(SnapshotSettings settings, LongSupplier position, Maker maker, Consumer<String> onFailure) {
        this.settings = settings;
        this.position = position;
        this.maker = maker;
        this.onFailure = onFailure;
    }

    /** Begins to look; {@code lastPosition} is what the newest snapshot has. */
    void start(long snapshotPosition) {
        lastPosition = snapshotPosition;
        lastNs = System.nanoTime();
        Thread scheduler = new Thread(this::run, "tocsin-snapshots");
        scheduler.setDaemon(true);
        scheduler.start();
        thread = scheduler;
    }

    /** Stops to look; waits for the maker, which must have been told to stop. */
    @Override
    public void close() {
        closed.countDown();
        Thread scheduler = thread;
        if (scheduler == null) {
            return;
        }
        try {
            scheduler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a snapshot to end", e);
        }
    }

    private void run() {
        try {
            while (!closed.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                long now = position.getAsLong();
                if (isDue(now, System.nanoTime())) {
                    makeOne();
                    lastPosition = now;
                    lastNs = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDue(long now, long nowNs) {
        return now > lastPosition
                && (now - lastPosition >= settings.everyEvents()
                        || nowNs - lastNs >= TimeUnit.MILLISECONDS.toNanos(settings.everyMs()));
    }

    private void makeOne() throws InterruptedException {
        try {
            Optional<String> why = maker.run();
            if (closed.getCount() > 0) {
                why.ifPresent(onFailure);
            }
        } catch (UncheckedIOException e) {
            onFailure.accept(String.valueOf(e.getMessage()));
        }
    }
}
