package io.tocsin.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * One run of the whole command line within this process.
 *
 * @param exitCode what the process would have ended with
 * @param out what it said on standard output
 * @param err what it said on standard error
 */
public record CommandRun(int exitCode, String out, String err) {
    /** Runs {@code tocsin} with these arguments. */
    public static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exitCode = Tocsin.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(texts);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** The lines on standard error. */
    public List<String> errorLines() {
        return err.lines().toList();
    }
}
