package io.tocsin.journal;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs a main method with this one's class path and flags; it is killed on close. */
final class OtherProcess implements AutoCloseable {
    private static final long DEADLINE_S = 60;

    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static OtherProcess start(Class<?> main, Path argument) throws IOException {
        return start(command(main, argument.toString()));
    }

    /**
     * A shell in which a file system of a few megabytes, in memory, lies at a folder; other processes do not see it. What
     * it prints begins with a line {@code mounted}. Works for whom the system lets have a user namespace of his own, which
     * is the default of Linux.
     *
     * @param script where {@code $DIR} is the folder
     */
    static OtherProcess startOnSmallDisk(Path folder, int megabytes, String script) throws IOException {
        String mounted = "DIR='" + folder + "'; mount -t tmpfs -o size=" + megabytes
                + "m none $DIR && echo mounted && { " + script + "; }";
        return start(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", mounted));
    }

    /** The command that runs a main method, as a word list for a shell. */
    static String shellCommand(Class<?> main, String argument) {
        return command(main, argument).stream()
                .map(word -> word.startsWith("$") ? word : "'" + word + "'")
                .collect(joining(" "));
    }

    private static OtherProcess start(List<String> command) throws IOException {
        return new OtherProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static List<String> command(Class<?> main, String argument) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--add-") || flag.startsWith("@")) {
                command.add(flag);
            }
        }
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), argument));
        return command;
    }

    long pid() {
        return process.pid();
    }

    /** The next line of its output or errors, null at the end. */
    String readLine() throws IOException {
        return output.readLine();
    }

    /** Everything that it still prints before it ends by itself. */
    List<String> readToEnd() {
        List<String> lines = output.lines().toList();
        awaitEnd();
        return lines;
    }

    /** As kill -9 does it. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() throws IOException {
        kill();
        output.close();
    }

    private void awaitEnd() {
        process.onExit().orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
    }
}
