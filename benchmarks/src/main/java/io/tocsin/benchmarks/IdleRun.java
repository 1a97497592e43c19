package io.tocsin.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.tocsin.app.serve.Idle;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.engine.pipeline.SyncLevel;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How late the engine notices by the setting {@code engine.idle}, and what it burns while next to nothing happens:
 * {@code benchmarks/run idle [DEADLINES-PER-SECOND]}. A pipeline of its own for each profile and round, all in one process;
 * its processor time is that of the whole process.
 */
public final class IdleRun {
    private static final int WINDOW_S = 6;

    private IdleRun() {}

    /** {@code HOME DEADLINES-PER-SECOND ROUNDS} */
    public static void main(String[] args) throws Exception {
        int perSecond = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        Results results = new Results("idle");
        for (int round = 0; round <= rounds; round++) {
            for (Idle idle : Idle.values()) {
                measure(idle, perSecond, round, results);
            }
        }
        results.write(Path.of(args[0]));
    }

    /** The first round is for the compiler. */
    private static void measure(Idle idle, int perSecond, int round, Results results) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (LatencyRig rig = new LatencyRig(SyncLevel.OS, 1_000, idle::forCore, idle::forEgress)) {
            rig.timers(1, perSecond);
            long stolenBeforeMs = Meter.stolenMs();
            long cpuBeforeNs = system.getProcessCpuTime();
            long startNs = System.nanoTime();
            rig.timers(WINDOW_S, perSecond);
            long ns = System.nanoTime() - startNs;
            double cpu = (double) (system.getProcessCpuTime() - cpuBeforeNs) / ns;
            double stolen = Results.stolenShare(Meter.stolenMs() - stolenBeforeMs, ns);
            Histogram lag = rig.detected();
            System.out.printf(
                    Locale.ROOT,
                    "round %d, %-8s  p50 %,.2f  p90 %,.2f  p99 %,.2f  p99.9 %,.2f  longest %,.2f us, of %,d;  %.1f %% of a processor;"
                            + " stolen %.1f %%%s%n",
                    round,
                    idle.name().toLowerCase(Locale.ROOT),
                    lag.getValueAtPercentile(50) / 1e3,
                    lag.getValueAtPercentile(90) / 1e3,
                    lag.getValueAtPercentile(99) / 1e3,
                    lag.getValueAtPercentile(99.9) / 1e3,
                    lag.getMaxValue() / 1e3,
                    lag.getTotalCount(),
                    100 * cpu,
                    100 * stolen,
                    round == 0 ? " (warm-up)" : "");
            if (round > 0) {
                Map<String, Object> row = results.row(idle.name().toLowerCase(Locale.ROOT), "idle");
                row.put("round", round);
                row.put("deadlinesPerSecond", perSecond);
                row.put("stolen", stolen);
                row.put("processors", cpu);
                Results.put(row, lag);
            }
        }
    }
}
