package io.tocsin.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.tocsin.benchmarks.peer.Meter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run found, as JSON of one form, so that one script can make tables and plots of all runs:
 *
 * <pre>
 *   {"run": name, "machine": {...}, "at": when it began, "stolen": share of the processors' time, "rows": [{...}, ...]}
 * </pre>
 *
 * A row has what was measured under {@code subject} and {@code task}, then numbers under names that end with their unit.
 */
final class Results {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private final String run;
    private final Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final long startNs = System.nanoTime();
    private final long stolenBeforeMs = Meter.stolenMs();
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** Of a run that begins now. */
    Results(String run) {
        this.run = run;
    }

    /** Adds a row, to which the caller may add values. */
    Map<String, Object> row(String subject, String task) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("subject", subject);
        row.put("task", task);
        rows.add(row);
        return row;
    }

    /** Puts what there is to say about durations in nanoseconds into a row. */
    static void put(Map<String, Object> row, Histogram histogram) {
        row.put("count", histogram.getTotalCount());
        row.put("p50Ns", histogram.getValueAtPercentile(50));
        row.put("p90Ns", histogram.getValueAtPercentile(90));
        row.put("p99Ns", histogram.getValueAtPercentile(99));
        row.put("p999Ns", histogram.getValueAtPercentile(99.9));
        row.put("maxNs", histogram.getMaxValue());
    }

    /** Writes {@code RUN-INSTANT.json} to {@code target/results} below the folder of the benchmarks. */
    void write(Path home) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", run);
        json.put("machine", machine());
        json.put("at", at.toString());
        json.put("stolen", stolenShare(Meter.stolenMs() - stolenBeforeMs, System.nanoTime() - startNs));
        json.put("rows", rows);
        Path folder = Files.createDirectories(home.resolve("target").resolve("results"));
        Path file = folder.resolve(run + "-" + at.toString().replace(':', '-') + ".json");
        Files.write(file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        System.out.println("\nall samples: " + file);
    }

    /** How much of the time of all processors was taken away by the machine's host. */
    static double stolenShare(long stolenMs, long elapsedNs) {
        return stolenMs * 1e6 / elapsedNs / Runtime.getRuntime().availableProcessors();
    }

    private static Map<String, Object> machine() throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processors", system.getAvailableProcessors());
        machine.put("processor", processor());
        machine.put("memoryBytes", system.getTotalMemorySize());
        machine.put("system", system.getName() + " " + system.getVersion());
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.put("heapBytes", Runtime.getRuntime().maxMemory());
        return machine;
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(CPU_INFO)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(CPU_INFO).stream()
                .filter(line -> line.startsWith(MODEL))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
