package io.tocsin.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a command with a line on standard error for each thing that is wrong, and the exit code that fits.
 *
 * <p>A line says what was wrong, where, with which value, and what to do about it, without the program's name in front.
 * Thrown by commands on the main thread; not for the engine, which has no command line.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final ArrayList<String> lines;

    private Failure(int exitCode, List<String> lines, @Nullable Throwable cause) {
        super(String.join("; ", lines), cause);
        this.exitCode = exitCode;
        this.lines = new ArrayList<>(lines);
    }

    /** What the user gave is wrong: an option, a policy, a configuration, a file that is not there. Exit code 2. */
    public static Failure ofInput(String message) {
        return ofInput(List.of(message));
    }

    /** As above, with several things wrong. */
    public static Failure ofInput(List<String> messages) {
        return new Failure(Tocsin.INVALID_INPUT, messages, null);
    }

    /** The input was right and the work failed all the same: a full disk, a taken port. Exit code 1. */
    public static Failure ofRun(String message, @Nullable Throwable cause) {
        return new Failure(Tocsin.FAILED, List.of(message), cause);
    }

    /** What is wrong, a line each. */
    public List<String> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** The exit code of the process: {@link Tocsin#FAILED} or {@link Tocsin#INVALID_INPUT}. */
    public int exitCode() {
        return exitCode;
    }
}
