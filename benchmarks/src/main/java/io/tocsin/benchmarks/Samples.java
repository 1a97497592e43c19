package io.tocsin.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All measurements of a run: printed as they come, summed up for a table, kept as JSON. */
final class Samples {
    private final Results results;
    private final List<Sample> samples = new ArrayList<>();

    Samples(String run) {
        results = new Results(run);
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

        void fill(Map<String, Object> row) {
            row.put("size", size);
            row.put("round", round);
            row.put("beside", beside);
            row.putAll(outcome.values());
            if (outcome.failed()) {
                row.put("failure", outcome.failure());
            }
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

    /** Writes them below the folder of the benchmarks, see {@link Results}. */
    void write(Path home) throws IOException {
        samples.forEach(sample -> sample.fill(results.row(sample.subject, sample.task)));
        results.write(home);
    }
}
