package io.tocsin.app.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.app.Failure;
import io.tocsin.http.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Entries printed on standard output, one JSON object a line, buffered. One thread. */
final class Lines {
    private static final int BUFFER_LENGTH = 1 << 16;

    private final OutputStream out;
    private final JsonGenerator json;

    /** @param out standard output, or what a test has for it */
    Lines(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_LENGTH);
        try {
            json = Json.lines(this.out);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Prints an entry. */
    void print(Entry entry) {
        try {
            entry.write(json);
            Json.endLine(json);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Prints a whole line, without its line feed. */
    void print(byte[] line) {
        try {
            json.flush();
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Hands over what is buffered. */
    void flush() {
        try {
            json.flush();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private static RuntimeException cannotWrite(IOException e) {
        return StandardOutput.isPipe()
                ? new ReaderGone()
                : Failure.ofRun(
                        "standard output: cannot be written (" + e.getMessage() + "); check that there is room", e);
    }

    /** Whoever read standard output does so no more: there is nothing to complain about, and nothing left to do. */
    static final class ReaderGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        ReaderGone() {
            super("nobody reads standard output any more", null, false, false);
        }
    }
}
