package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import io.tocsin.app.Tocsin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tocsin serve} in a process of its own, on a free port; killed on close. */
final class ServerProcess implements AutoCloseable {
    /** Maven runs the tests in the module's folder. */
    private static final Path FLAGS = Path.of("target", "jvm.args");

    private static final Pattern STARTED = Pattern.compile(
            "tocsin: wallboard at http://localhost:(\\d+)/, events to http://localhost:\\1/v1/events, data in (.+)");
    private static final Pattern RECOVERED =
            Pattern.compile("tocsin: recovered (a snapshot of [\\d,]+ and )?[\\d,]+ events in [\\d.]+ s");
    private static final long DEADLINE_S = 60;

    private final Process process;
    private final Path errors;
    private final Matcher started;

    private ServerProcess(Process process, Path errors, Matcher started) {
        this.process = process;
        this.errors = errors;
        this.started = started;
    }

    /**
     * Starts one and waits until it takes events.
     *
     * @param temporary where it keeps temporary files, and where its errors go
     * @param arguments after {@code serve --port 0}
     */
    static ServerProcess start(Path temporary, Object... arguments) throws Exception {
        return startOn(List.of(), temporary, arguments);
    }

    /** As above, by a command that runs another one, such as {@code nsenter}. */
    static ServerProcess startOn(List<String> by, Path temporary, Object... arguments) throws Exception {
        Path errors = Files.createTempFile(temporary, "stderr", ".txt");
        List<String> command = new ArrayList<>(by);
        command.addAll(command(temporary, serve(arguments)));
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            BufferedReader out = process.inputReader();
            String line = CompletableFuture.supplyAsync(() -> firstLine(out)).get(DEADLINE_S, TimeUnit.SECONDS);
            Matcher started = STARTED.matcher(line);
            assertThat(started.matches())
                    .as("it said '" + line + "' and " + Files.readString(errors))
                    .isTrue();
            return new ServerProcess(process, errors, started);
        } catch (Exception | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Runs {@code tocsin} to its end, which must come soon. */
    static CommandRun run(Path temporary, Object... arguments) throws Exception {
        return runOn(List.of(), temporary, arguments);
    }

    /** As above, by a command that runs another one. */
    static CommandRun runOn(List<String> by, Path temporary, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(by);
        command.addAll(command(temporary, List.of(arguments)));
        Path out = Files.createTempFile(temporary, "stdout", ".txt");
        Path errors = Files.createTempFile(temporary, "stderr", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            awaitEnd(process);
            return new CommandRun(process.exitValue(), Files.readString(out), Files.readString(errors));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Begins to run {@code tocsin}, and says no more about it; its errors go to {@link #errors}. */
    static Process begin(Path temporary, Object... arguments) throws IOException {
        return new ProcessBuilder(command(temporary, List.of(arguments)))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(errors(temporary).toFile())
                .start();
    }

    static Path errors(Path temporary) {
        return temporary.resolve("stderr.txt");
    }

    /** As {@code kill} sends it. */
    static void signal(long pid, String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).as("exit code of kill -" + name).isZero();
    }

    private static List<Object> serve(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("serve", "--port", "0"));
        all.addAll(List.of(arguments));
        return all;
    }

    private static List<String> command(Path temporary, List<Object> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + FLAGS);
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xmx512m");
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tocsin.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private static String firstLine(BufferedReader out) {
        try {
            return String.valueOf(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Api api() {
        return new Api(Integer.parseInt(started.group(1)));
    }

    Path data() {
        return Path.of(started.group(2));
    }

    /** What it has said on standard error so far, but for how long a long recovery took. */
    List<String> complaints() throws IOException {
        return Files.readAllLines(errors).stream()
                .filter(line -> !RECOVERED.matcher(line).matches())
                .toList();
    }

    long pid() {
        return process.pid();
    }

    /** Stands still from now on, with all its threads, until {@link #goOn}; as {@code kill -STOP} does it. */
    void standStill() throws Exception {
        signal(pid(), "STOP");
        Await.until(
                "process " + pid() + " stands still", () -> ps(pid(), "stat=").startsWith("T"));
    }

    /** Goes on; as {@code kill -CONT} does it. */
    void goOn() throws Exception {
        signal(pid(), "CONT");
    }

    /** As {@code kill -9} does it. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(process);
    }

    /** As {@code kill} does it; the exit code. */
    int terminate() {
        process.destroy();
        awaitEnd(process);
        return process.exitValue();
    }

    /** Waits until it ends by itself; the exit code. */
    int awaitEnd() {
        awaitEnd(process);
        return process.exitValue();
    }

    /**
     * Kills the process that it runs with an argument; false if it runs none such yet, which is also so while the JDK's helper
     * is about to become that process.
     */
    boolean killChild(String argument) throws Exception {
        for (ProcessHandle child : process.children().toList()) {
            if (ps(child.pid(), "args=").contains(argument)) {
                return child.destroyForcibly();
            }
        }
        return false;
    }

    @Override
    public void close() {
        kill();
    }

    private static String ps(long pid, String what) throws Exception {
        Process ps = new ProcessBuilder("ps", "-ww", "-o", what, "-p", Long.toString(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    private static void awaitEnd(Process process) {
        process.onExit().orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
    }
}
