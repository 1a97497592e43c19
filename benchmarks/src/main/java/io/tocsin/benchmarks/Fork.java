package io.tocsin.benchmarks;

import io.tocsin.benchmarks.peer.PeerFork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one measurement in a process of its own, with the flags of this one. */
final class Fork {
    private static final int LINES_OF_A_FAILURE = 5;

    private Fork() {}

    /**
     * What came of it: the values of the line with the result, or why there are none.
     *
     * @param failure empty if all went well
     */
    record Outcome(Map<String, Long> values, String failure) {
        boolean failed() {
            return !failure.isEmpty();
        }

        long value(String name) {
            Long value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("a result without " + name + ": " + values);
            }
            return value;
        }
    }

    /** Waits for the process to end, at most so long. */
    static Outcome run(String classPath, Duration limit, String... mainClassAndArguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(mainClassAndArguments));
        Path output = Files.createTempFile("tocsin-fork", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            List<String> lines = Files.readAllLines(output);
            if (!ended) {
                return new Outcome(Map.of(), "not done after " + limit.toMinutes() + " minutes");
            }
            return process.exitValue() == 0 ? resultIn(lines) : failure(process.exitValue(), lines);
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }

    private static Outcome resultIn(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(PeerFork.RESULT)) {
                Map<String, Long> values = new LinkedHashMap<>();
                for (String pair : line.substring(PeerFork.RESULT.length()).split(" ")) {
                    int equals = pair.indexOf('=');
                    values.put(pair.substring(0, equals), Long.valueOf(pair.substring(equals + 1)));
                }
                return new Outcome(values, "");
            }
        }
        return new Outcome(Map.of(), "it printed no result");
    }

    /** With the first lines that are no stack trace. */
    private static Outcome failure(int exitCode, List<String> lines) {
        List<String> telling = lines.stream()
                .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t... "))
                .toList();
        List<String> some = telling.subList(0, Math.min(LINES_OF_A_FAILURE, telling.size()));
        return new Outcome(Map.of(), "exit code " + exitCode + "; " + String.join(" | ", some));
    }
}
