package io.tocsin.app.journal;

import io.tocsin.app.Tocsin;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * One run of {@code tocsin journal} within this process.
 *
 * @param exitCode what the process would have ended with
 * @param out what it said on standard output
 * @param err what it said on standard error
 */
record JournalRun(int exitCode, String out, String err) {
    static JournalRun of(Object... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new JournalCommand(), writingTo(bytes))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failed, command, parsed) -> Tocsin.reportFailure(failed, command))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new JournalRun(exitCode, out + bytes.toString(StandardCharsets.UTF_8), err.toString());
    }

    /** What it printed, a line each, after it ended well. */
    static List<String> lines(Object... arguments) {
        JournalRun run = of(arguments);
        if (run.exitCode != 0 || !run.err.isEmpty()) {
            throw new AssertionError("exit code " + run.exitCode + ": " + run.err);
        }
        return run.out.lines().toList();
    }

    /** Gives commands that print bytes another place to print them to. */
    private static IFactory writingTo(OutputStream out) {
        IFactory standard = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                    if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {OutputStream.class})) {
                        return type.cast(constructor.newInstance(out));
                    }
                }
                return standard.create(type);
            }
        };
    }
}
