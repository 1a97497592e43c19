package io.tocsin.http.json;

import io.tocsin.engine.event.EventRecordWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events as NDJSON: one object a line. Each line is parsed apart, so a broken or over-long one costs only itself. Blank
 * lines are no events and are not counted among them; lines end with {@code \n} or {@code \r\n}, the last one may end
 * with the input; a byte order mark at the start is skipped. Never holds more than the longest line allowed and one
 * block.
 */
public final class NdjsonSource implements EventSource {
    /** Enough for the largest event there can be, escaped as wastefully as JSON allows, and then some. */
    public static final int DEFAULT_MAX_LINE_LENGTH = 8 * 1024 * 1024;

    private static final int BLOCK_LENGTH = 64 * 1024;

    private final InputStream in;
    private final EventReader reader;
    private final int maxLineLength;

    private byte[] buffer = new byte[BLOCK_LENGTH];
    private int limit;
    private int next;
    private int start;
    private int end;
    private long line;
    private @Nullable String problem;

    /** Reads lines of at most {@code maxLineLength} bytes; closing the stream is the caller's business. */
    public NdjsonSource(InputStream in, EventReader reader, int maxLineLength) {
        this.in = in;
        this.reader = reader;
        this.maxLineLength = maxLineLength;
    }

    /** The number of the current event's line, from 1, blank lines counted. */
    public long line() {
        return line;
    }

    @Override
    public boolean next(long nowNs) throws IOException {
        while (nextLine()) {
            if (end - start > maxLineLength) {
                problem = "line is longer than " + maxLineLength + " bytes: expected one event";
                return true;
            }
            if (!isBlank()) {
                problem = reader.read(buffer, start, end - start, nowNs);
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public EventRecordWriter record() {
        return reader.record();
    }

    /** Finds the next line's {@link #start} and {@link #end}; of an over-long one only the beginning is kept. */
    private boolean nextLine() throws IOException {
        start = next;
        int newline = newlineFrom(start);
        while (newline < 0) {
            limit = Math.min(limit, start + maxLineLength + 2);
            makeRoom();
            int searched = limit;
            if (!fill()) {
                return lastLine();
            }
            newline = newlineFrom(searched);
        }
        end = newline;
        next = newline + 1;
        beginLine();
        return true;
    }

    private boolean lastLine() {
        end = limit;
        next = limit;
        if (start == end) {
            return false;
        }
        beginLine();
        return true;
    }

    private void beginLine() {
        line++;
        if (line == 1 && startsWithByteOrderMark(buffer, start, end)) {
            start += 3;
        }
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
    }

    private int newlineFrom(int position) {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves the line begun to the buffer's start and sees to it that there is room behind it. */
    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
        }
        limit -= start;
        start = 0;
        if (buffer.length - limit < BLOCK_LENGTH / 2) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }

    private boolean isBlank() {
        for (int i = start; i < end; i++) {
            byte b = buffer[i];
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    static boolean startsWithByteOrderMark(byte[] bytes, int start, int end) {
        return end - start >= 3
                && bytes[start] == (byte) 0xEF
                && bytes[start + 1] == (byte) 0xBB
                && bytes[start + 2] == (byte) 0xBF;
    }
}
