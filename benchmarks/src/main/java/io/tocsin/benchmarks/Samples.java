package io.tocsin.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All measurements of a run: printed as they come, summed up for a table, kept as JSON. */
final class Samples {
    private final String run;
    private final List<Sample> samples = new ArrayList<>();

    Samples(String run) {
        this.run = run;
    }

    /**
     * One process.
     *
     * @param subject what was measured
     * @param task what it had to do
     * @param size tickets or timers
     * @param round from 1; what was measured in the same round can be compared
     * @param beside beside which peer it was measured; its own name for a peer
     */
    record Sample(String subject, String task, int size, int round, String beside, Fork.Outcome outcome) {
        double value(String name) {
            return outcome.value(name);
        }

        Map<String, Object> forJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("subject", subject);
            json.put("task", task);
            json.put("size", size);
            json.put("round", round);
            json.put("beside", beside);
            json.putAll(outcome.values());
            if (outcome.failed()) {
                json.put("failure", outcome.failure());
            }
            return json;
        }
    }

    Sample add(Sample sample) {
        samples.add(sample);
        String result = sample.outcome.failed()
                ? "FAILED: " + sample.outcome.failure()
                : sample.outcome.values().toString();
        System.err.printf("round %d: %s, %s: %s%n", sample.round, sample.subject, sample.task, result);
        return sample;
    }

    /** Those of a subject that went well. */
    List<Sample> of(String subject, String task, String beside) {
        return samples.stream()
                .filter(sample -> sample.subject.equals(subject)
                        && sample.task.equals(task)
                        && sample.beside.equals(beside)
                        && !sample.outcome.failed())
                .toList();
    }

    /** Those of a task that went well, whatever the subject. */
    List<Sample> all(String task) {
        return samples.stream()
                .filter(sample -> sample.task.equals(task) && !sample.outcome.failed())
                .toList();
    }

    void printFailures() {
        failures()
                .forEach(sample -> System.out.printf(
                        "FAILED in round %d: %s beside %s, %s: %s%n",
                        sample.round, sample.subject, sample.beside, sample.task, sample.outcome.failure()));
    }

    Stream<Sample> failures() {
        return samples.stream().filter(sample -> sample.outcome.failed());
    }

    /** The spread of a value over some of them, or a dash where there are none. */
    static String spread(List<Sample> some, ToDoubleFunction<Sample> value) {
        return some.isEmpty()
                ? "-"
                : Spread.of(some.stream().mapToDouble(value)).text();
    }

    /** The spread of a quotient over those rounds in which both went well. */
    static String ratio(List<Sample> some, List<Sample> others, ToDoubleFunction<Sample> value) {
        List<Double> ratios = new ArrayList<>();
        for (Sample one : some) {
            others.stream()
                    .filter(other -> other.round == one.round)
                    .forEach(other -> ratios.add(value.applyAsDouble(one) / value.applyAsDouble(other)));
        }
        return ratios.isEmpty()
                ? "-"
                : Spread.of(ratios.stream().mapToDouble(Double::doubleValue)).text();
    }

    /** Writes them to {@code RUN-INSTANT.json} in a folder. */
    void write(Path folder) throws IOException {
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", run);
        json.put("at", at.toString());
        json.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("heapBytes", Runtime.getRuntime().maxMemory());
        json.put("samples", samples.stream().map(Sample::forJson).toList());
        Files.createDirectories(folder);
        Path file = folder.resolve(run + "-" + at.toString().replace(':', '-') + ".json");
        Files.write(file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        System.out.println("\nall samples: " + file);
    }
}
