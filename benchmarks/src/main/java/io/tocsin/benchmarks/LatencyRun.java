package io.tocsin.benchmarks;

import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.engine.pipeline.SyncLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How late things are, at a fixed rate that waits for nobody: {@code benchmarks/run latency [EVENTS-PER-SECOND [LEVEL...]]}.
 *
 * <p>Each round, for each level, has a pipeline of its own over a new folder, and windows of a few seconds:
 *
 * <ol>
 *   <li>{@code load}: groups of events at planned times. <i>Applied</i> and <i>acknowledged</i> count from the planned time,
 *       so a stall is charged to all it delayed, and so does <i>sent</i>, how late the sender woke; <i>detected</i> is how late breaches were noticed meanwhile
 *   <li>{@code timers}: no events, {@value #TIMERS_PER_SECOND} deadlines a second, the core spins and the other processor idles
 *   <li>{@code loop}: the same deadlines, looked at by a bare loop that spins on {@code System.nanoTime()}; no engine
 * </ol>
 *
 * A window of which more than one per cent was stolen is shown and not counted.
 */
public final class LatencyRun {
    private static final int WINDOW_S = 5;
    private static final int TIMERS_PER_SECOND = 2_000;
    private static final double MOST_STOLEN = 0.01;
    private static final String ROW = "%-34s %9s %9s %9s %9s %10s %10s%n";

    private final Results results = new Results("latency");
    private final Map<String, Histogram> sums = new LinkedHashMap<>();
    private final Map<String, Integer> counted = new LinkedHashMap<>();
    private final int rate;
    private final int rounds;

    private LatencyRun(int rate, int rounds) {
        this.rate = rate;
        this.rounds = rounds;
    }

    /** {@code HOME EVENTS-PER-SECOND ROUNDS LEVEL...} */
    public static void main(String[] args) throws Exception {
        List<SyncLevel> levels = new ArrayList<>();
        for (int i = 3; i < args.length; i++) {
            levels.add(SyncLevel.valueOf(args[i].toUpperCase(Locale.ROOT)));
        }
        LatencyRun run = new LatencyRun(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        run.run(levels);
        run.report();
        run.results.write(Path.of(args[0]));
    }

    private void run(List<SyncLevel> levels) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            for (SyncLevel level : levels) {
                round(level, round);
            }
        }
    }

    /** The first round is for the compiler. */
    private void round(SyncLevel level, int round) throws Exception {
        String sync = level.name().toLowerCase(Locale.ROOT);
        try (LatencyRig rig = new LatencyRig(level, rate)) {
            rig.load(1);
            Window load = new Window(round);
            rig.load(WINDOW_S);
            load.add("sent, sync " + sync, rig.sent());
            load.add("applied, sync " + sync, rig.watch().applied());
            load.add("applied since handed over, sync " + sync, rig.watch().appliedSinceHandedOver());
            load.add("acknowledged, sync " + sync, acknowledged(level, rig.watch()));
            load.add("detected under load, sync " + sync, rig.detected());
            System.out.printf(
                    "round %d, events in a batch: p50 %d, p99 %d%n",
                    round,
                    rig.watch().batches().getValueAtPercentile(50),
                    rig.watch().batches().getValueAtPercentile(99));
            Window timers = new Window(round);
            rig.timers(WINDOW_S, TIMERS_PER_SECOND);
            timers.add("detected, no load", rig.detected());
        }
        Window loop = new Window(round);
        loop.add("bare loop", BareLoop.run(WINDOW_S, TIMERS_PER_SECOND));
    }

    private static Histogram acknowledged(SyncLevel level, LatencyWatch watch) {
        return level == SyncLevel.ALWAYS ? watch.durable() : watch.applied();
    }

    private void report() {
        System.out.printf(
                Locale.ROOT, "%n%,d events a second; microseconds, of windows with at most 1 %% stolen%n", rate);
        System.out.printf(ROW, "", "p50", "p90", "p99", "p99.9", "longest", "windows");
        sums.forEach((what, sum) -> System.out.printf(
                ROW, what, us(sum, 50), us(sum, 90), us(sum, 99), us(sum, 99.9), us(sum, 100), counted.get(what)));
    }

    private static String us(Histogram histogram, double percentile) {
        return String.format(Locale.ROOT, "%,.2f", histogram.getValueAtPercentile(percentile) / 1e3);
    }

    /** A stretch of time in which something is measured. */
    private final class Window {
        private final int round;
        private final long startNs = System.nanoTime();
        private final long stolenBeforeMs = Meter.stolenMs();
        private double stolen = -1;

        Window(int round) {
            this.round = round;
        }

        /** Ends it, and adds what was measured in it. */
        void add(String what, Histogram histogram) throws IOException {
            if (stolen < 0) {
                stolen = Results.stolenShare(Meter.stolenMs() - stolenBeforeMs, System.nanoTime() - startNs);
            }
            boolean counts = round > 0 && stolen <= MOST_STOLEN;
            System.out.printf(
                    Locale.ROOT,
                    "round %d, %-34s p50 %s  p90 %s  p99 %s  p99.9 %s  longest %s us, of %,d; stolen %.1f %%%s%n",
                    round,
                    what,
                    us(histogram, 50),
                    us(histogram, 90),
                    us(histogram, 99),
                    us(histogram, 99.9),
                    us(histogram, 100),
                    histogram.getTotalCount(),
                    100 * stolen,
                    counts ? "" : round == 0 ? " (warm-up)" : " (not counted)");
            if (round == 0) {
                return;
            }
            Map<String, Object> row = results.row(what, "latency");
            row.put("round", round);
            row.put("eventsPerSecond", rate);
            row.put("stolen", stolen);
            row.put("counts", counts);
            Results.put(row, histogram);
            if (counts) {
                sums.computeIfAbsent(what, any -> new Histogram(3)).add(histogram);
                counted.merge(what, 1, Integer::sum);
            }
        }
    }
}
