package io.tocsin.app.replay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how much of a file has been read, once reading takes longer than a second. One thread; the
 * bar's own thread only draws.
 */
final class ReplayProgress extends FilterInputStream {
    /** Set by the launcher when standard error is a terminal. */
    private static final String TERMINAL_PROPERTY = "tocsin.stderr.terminal";

    private static final long SILENT_NS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final long length;
    private final long startNs = System.nanoTime();
    private long read;

    @Nullable
    private ProgressBar bar;

    private ReplayProgress(InputStream in, String name, long length) {
        super(in);
        this.name = name;
        this.length = length;
    }

    /** The same stream, watched if standard error is a terminal. */
    static InputStream watch(InputStream in, String name, long length) {
        return Boolean.getBoolean(TERMINAL_PROPERTY) ? new ReplayProgress(in, name, length) : in;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        advance(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int got = super.read(buffer, offset, count);
        advance(Math.max(0, got));
        return got;
    }

    @Override
    public void close() throws IOException {
        if (bar != null) {
            bar.close();
        }
        super.close();
    }

    private void advance(int count) {
        read += count;
        if (bar == null && System.nanoTime() - startNs > SILENT_NS) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(length)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" MiB", 1 << 20)
                    .setUpdateIntervalMillis(250)
                    .build();
        }
        if (bar != null) {
            bar.stepTo(read);
        }
    }
}
