package io.tocsin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark once, in this JVM and as small as it can be, so that none rots unseen: each checks its own answer,
 * and one that throws fails the test. Nothing is measured here.
 */
class BenchmarksSmokeTest {
    @Test
    void shouldRunEveryBenchmarkAndGetItsAnswerRight() throws RunnerException {
        // Read once, when the benchmark of the timer wheel is loaded, which the runner does.
        System.setProperty("timers", "1000");
        // A build must not wait for, or fail because of, someone who measures on the same machine.
        System.setProperty("jmh.ignoreLock", "true");

        Collection<RunResult> results = new Runner(smallest()).run();

        assertThat(names(results)).isNotEmpty().isEqualTo(known());
    }

    private static Options smallest() {
        return new OptionsBuilder()
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .param("tickets", "1000")
                .shouldDoGC(false)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static Set<String> names(Collection<RunResult> results) {
        return results.stream()
                .map(result -> result.getParams().getBenchmark())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> known() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), java.util.List.of())
                .stream()
                .map(benchmark -> benchmark.getUsername())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
