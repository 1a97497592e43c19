package io.tocsin.app.text;

import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how far a long piece of work is, once it takes longer than a second; nothing where standard error
 * is not a terminal. One thread; the bar's own thread only draws.
 */
public final class Progress implements AutoCloseable {
    /** Set by the launcher when standard error is a terminal. */
    private static final String TERMINAL_PROPERTY = "tocsin.stderr.terminal";

    private static final long SILENT_NS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final long whole;
    private final String unit;
    private final long unitSize;
    private final boolean shown;
    private final long startNs = System.nanoTime();

    @Nullable
    private ProgressBar bar;

    private Progress(String name, long whole, String unit, long unitSize, boolean shown) {
        this.name = name;
        this.whole = whole;
        this.unit = unit;
        this.unitSize = unitSize;
        this.shown = shown;
    }

    /** Of so many bytes, shown in MiB. */
    public static Progress ofBytes(String name, long whole) {
        return new Progress(name, whole, " MiB", 1 << 20, isPossible());
    }

    /** Of so many records, shown in thousands. */
    public static Progress ofRecords(String name, long whole) {
        return new Progress(name, whole, "k", 1_000, isPossible());
    }

    /** Never shown: for work whose output is on the terminal already. */
    public static Progress hidden() {
        return new Progress("", 0, "", 1, false);
    }

    /** So much is done by now. */
    public void to(long done) {
        if (!shown) {
            return;
        }
        if (bar == null && System.nanoTime() - startNs > SILENT_NS) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(whole)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(unit, unitSize)
                    .setUpdateIntervalMillis(250)
                    .build();
        }
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    /** Ends the bar, so that what is printed next has a line of its own. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static boolean isPossible() {
        return Boolean.getBoolean(TERMINAL_PROPERTY);
    }
}
