package io.tocsin.app;

import org.jspecify.annotations.Nullable;

/**
 * Ends a command with one line on standard error and the exit code that fits.
 *
 * <p>The message says what was wrong, where, with which value, and what to do about it, in one line without the
 * program's name in front. Thrown by commands on the main thread; not for the engine, which has no command line.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private Failure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the user gave is wrong: an option, a policy, a configuration, a file that is not there. Exit code 2. */
    public static Failure ofInput(String message) {
        return new Failure(Tocsin.INVALID_INPUT, message, null);
    }

    /** The input was right and the work failed all the same: a full disk, a taken port. Exit code 1. */
    public static Failure ofRun(String message, @Nullable Throwable cause) {
        return new Failure(Tocsin.FAILED, message, cause);
    }

    /** The exit code of the process: {@link Tocsin#FAILED} or {@link Tocsin#INVALID_INPUT}. */
    public int exitCode() {
        return exitCode;
    }
}
