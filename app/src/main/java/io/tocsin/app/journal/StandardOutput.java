package io.tocsin.app.journal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process's standard output as bytes. Not {@code System.out}, which swallows errors and encodes as the terminal does: a
 * full disk must be noticed, and JSON is UTF-8 everywhere.
 */
final class StandardOutput {
    private static final Path FILE = Path.of("/dev/stdout");
    /** The part of a file's mode that says what it is, and what that may be; the same on every Unix. */
    private static final int TYPE = 0xF000;

    private static final int PIPE = 0x1000;
    private static final int CHARACTERS = 0x2000;
    private static final int SOCKET = 0xC000;
    private static final int UNKNOWN = 0;

    private StandardOutput() {}

    /** Opened once; never closed. Not buffered. */
    static OutputStream open() {
        return new FileOutputStream(FileDescriptor.out);
    }

    /**
     * Whether somebody reads it who may leave, as {@code head} does. The error that a write then fails with is no help: its
     * text is in the language of the machine.
     */
    static boolean isPipe() {
        int type = type();
        return type == PIPE || type == SOCKET;
    }

    /** Whether it may be a terminal. */
    static boolean isTerminal() {
        int type = type();
        return type == CHARACTERS || type == UNKNOWN;
    }

    private static int type() {
        try {
            return (Integer) Files.getAttribute(FILE, "unix:mode") & TYPE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return UNKNOWN; // Not a Unix, or one without /dev.
        }
    }
}
