package io.tocsin.app.serve;

import io.tocsin.app.Tocsin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots in a process of its own, {@code tocsin snapshot}: the follower's garbage, heap and haste are then none of
 * the core's. It runs with the lowest priority where there is {@code nice}, and ends with this process.
 */
final class SnapshotProcess implements AutoCloseable {
    private static final List<Path> NICE = List.of(Path.of("/usr/bin/nice"), Path.of("/bin/nice"));
    /** The exit codes of a process that ends by SIGHUP, SIGINT or SIGTERM, such as the Ctrl-C that ends this one too. */
    private static final Set<Integer> TOLD_TO_STOP = Set.of(129, 130, 143);

    private static final int KILLED = 137;

    private final Path folder;
    private volatile @Nullable Process running;
    private volatile boolean closed;

    SnapshotProcess(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a snapshot and waits for it.
     *
     * @return why there is none; empty if there is one, or nothing is new, or the process was told to stop, not killed, or
     *     this was closed
     */
    Optional<String> run() throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command()).redirectErrorStream(true).start();
            running = process;
            if (closed) {
                kill(process);
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int exitCode = process.waitFor();
            return closed || exitCode == Tocsin.DONE || TOLD_TO_STOP.contains(exitCode)
                    ? Optional.empty()
                    : Optional.of(reason(exitCode, said));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run the process that makes snapshots: " + e, e);
        } finally {
            running = null;
        }
    }

    /** Ends a snapshot that is being made; what it has written so far is given up, and no other is begun. */
    @Override
    public void close() {
        closed = true;
        Process process = running;
        if (process != null) {
            kill(process);
        }
    }

    /** By its handle: {@link Process#destroyForcibly()} would also close the stream that {@link #run} reads. */
    private static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    private static String reason(int exitCode, String said) {
        String why = exitCode == KILLED
                ? "its process was killed, as a system does that runs out of memory"
                : said.isEmpty() ? "its process ended with exit code " + exitCode : said.replaceFirst("^tocsin: ", "");
        return "no snapshot could be made, the next try comes when the next one is due: " + why;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        NICE.stream().filter(Files::isExecutable).findFirst().ifPresent(nice -> {
            command.addAll(List.of(nice.toString(), "-n", "19"));
        });
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !isOfThisProcessOnly(argument))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tocsin.class.getName()));
        command.addAll(List.of("snapshot", folder.toAbsolutePath().toString(), "--until-input-ends"));
        return command;
    }

    /** Debuggers, agents and recordings: they would take the same port or file. */
    private static boolean isOfThisProcessOnly(String argument) {
        return argument.startsWith("-agent")
                || argument.startsWith("-javaagent")
                || argument.startsWith("-XX:StartFlightRecording")
                || argument.startsWith("-Dcom.sun.management");
    }
}
