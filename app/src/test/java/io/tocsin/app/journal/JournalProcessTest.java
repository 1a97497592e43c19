package io.tocsin.app.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tocsin.app.Tocsin;
import io.tocsin.app.serve.ServedFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that read the folder of a running server, and others that read what they print. */
class JournalProcessTest {
    private static final Path FLAGS = Path.of("target", "jvm.args");
    private static final long DEADLINE_S = 60;
    /** More than fits into a pipe and all buffers on the way. */
    private static final int MANY = 4_000;

    @TempDir
    private Path parent;

    private final List<Process> processes = new ArrayList<>();
    private Path folder;
    private Path errors;
    private ServedFolder server;

    @BeforeEach
    void serve() throws Exception {
        folder = parent.resolve("data");
        errors = parent.resolve("errors.txt");
        server = ServedFolder.open(folder);
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        server.close();
    }

    @Test
    void shouldStopQuietlyWhenWhoeverReadsHasHadEnough() throws Exception {
        sendMany();
        List<Process> pipeline = ProcessBuilder.startPipeline(
                List.of(tocsin("journal", "dump", folder), new ProcessBuilder("head", "-n", "2")));
        processes.addAll(pipeline);
        BufferedReader out = pipeline.get(1).inputReader();
        assertThat(nextLine(out)).contains("\"position\":1,");
        assertThat(nextLine(out)).contains("\"position\":2,");
        assertThat(exitCode(pipeline.get(0))).isZero();
        assertThat(errors).isEmptyFile();
    }

    @Test
    void shouldSayThatTheDiskIsFull() throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a device that is always full").exists();
        sendMany();
        Process dump = start(tocsin("journal", "dump", folder).redirectOutput(full.toFile()));
        assertThat(exitCode(dump)).isEqualTo(1);
        assertThat(Files.readAllLines(errors))
                .singleElement()
                .asString()
                .startsWith("tocsin: standard output: cannot be written (");
    }

    @Test
    void shouldPrintUtf8WhateverTheTerminalReads() throws Exception {
        server.send("{\"ticket\":\"售后\",\"type\":\"opened\"}");
        ProcessBuilder builder = tocsin("journal", "tail", folder);
        builder.environment().put("LC_ALL", "C");
        Process tail = start(builder);
        assertThat(new String(tail.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"ticket\":\"售后\"");
        assertThat(exitCode(tail)).isZero();
    }

    @Test
    void shouldFollowWhatComesUntilToldToStop() throws Exception {
        server.send("{\"ticket\":\"T1\",\"type\":\"opened\"}");
        Process events = start(tocsin("journal", "tail", folder, "--follow", "--ticket", "T1", "--ticket", "T3"));
        Process alerts = start(tocsin("journal", "tail", folder, "--follow", "--alerts", "-n", "0"));
        BufferedReader eventLines = events.inputReader();
        BufferedReader alertLines = alerts.inputReader();
        assertThat(nextLine(eventLines)).contains("\"position\":1,", "\"ticket\":\"T1\"");
        server.send("{\"ticket\":\"T2\",\"type\":\"opened\"}");
        server.send("{\"ticket\":\"T3\",\"type\":\"opened\"}");
        assertThat(nextLine(eventLines)).contains("\"position\":3,", "\"ticket\":\"T3\"");
        server.send("{\"ticket\":\"T1\",\"type\":\"updated\"}");
        assertThat(nextLine(eventLines)).contains("\"position\":4,", "\"ticket\":\"T1\"");
        assertThat(awaitLine(alertLines, "\"id\":\"T3/first_response/1/breach\""))
                .contains("\"kind\":\"breach\"");
        // SIGTERM, which ends it as Ctrl-C does: a process whose parent ignores SIGINT would ignore it too.
        events.destroy();
        alerts.destroy();
        assertThat(exitCode(events)).isZero();
        assertThat(exitCode(alerts)).isZero();
        assertThat(errors).isEmptyFile();
    }

    private void sendMany() throws Exception {
        server.send(IntStream.range(0, MANY)
                .mapToObj(i -> "{\"ticket\":\"T\",\"type\":\"updated\",\"id\":\"" + i + "\"}")
                .toArray(String[]::new));
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private ProcessBuilder tocsin(Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("@" + FLAGS, "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tocsin.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static String awaitLine(BufferedReader out, String text) throws Exception {
        String line = nextLine(out);
        while (!line.contains(text)) {
            line = nextLine(out);
        }
        return line;
    }

    private static String nextLine(BufferedReader out) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(out.readLine());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .get(DEADLINE_S, TimeUnit.SECONDS);
    }
}
