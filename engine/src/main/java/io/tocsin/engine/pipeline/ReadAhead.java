package io.tocsin.engine.pipeline;

import io.tocsin.engine.pipeline.LookAheadReplay.Reading;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * As {@link LookAheadReplay}, where reading is as much work as applying: a thread of its own reads and decodes some blocks
 * ahead, while the caller's applies them.
 */
public final class ReadAhead {
    private static final int BLOCKS = 4;

    private final BlockingQueue<RecordBlock> empty = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<RecordBlock> full = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final Reading<IOException> reading;
    private final RecordTarget target;
    private RecordBlock filling = new RecordBlock();
    private volatile @Nullable Throwable failure;

    private ReadAhead(Reading<IOException> reading, RecordTarget target) {
        this.reading = reading;
        this.target = target;
        for (int i = 1; i < BLOCKS; i++) {
            empty.add(new RecordBlock());
        }
    }

    /**
     * Reads to the end and applies everything. If reading fails, what came before is applied, then what it threw is thrown
     * here; if applying fails, no more is read.
     *
     * @throws IOException if reading throws it
     */
    public static void run(Reading<IOException> reading, RecordTarget target) throws IOException {
        new ReadAhead(reading, target).run();
    }

    private void run() throws IOException {
        Thread reader = new Thread(this::readAll, "tocsin-read-ahead");
        reader.setDaemon(true);
        reader.start();
        try {
            for (RecordBlock block = full.take(); !block.isEmpty(); block = full.take()) {
                block.applyTo(target);
                block.clear();
                empty.add(block);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while replaying");
        } finally {
            reader.interrupt();
            join(reader);
        }
        rethrow();
    }

    // ---- the reader's thread

    private void readAll() {
        try {
            reading.run((buffer, offset, length, position) -> {
                if (!filling.hasRoomFor(length)) {
                    handOver();
                }
                filling.add(buffer, offset, length, position);
            });
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        if (!filling.isEmpty()) {
            full.add(filling);
        }
        full.add(new RecordBlock()); // The end.
    }

    private void handOver() {
        full.add(filling);
        try {
            filling = empty.take();
        } catch (InterruptedException e) {
            filling = new RecordBlock();
            throw new CancellationException("nothing is applied any more");
        }
    }

    // ---- the caller's thread again

    private static void join(Thread reader) {
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() throws IOException {
        Throwable thrown = failure;
        if (thrown instanceof IOException e) {
            throw e;
        } else if (thrown instanceof RuntimeException e) {
            throw e;
        } else if (thrown instanceof Error e) {
            throw e;
        }
    }
}
