package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.engine.event.EventRecordWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events as NDJSON: one object a line. A broken or over-long line costs only itself. Blank lines are no events and are not
 * counted among them; lines end with {@code \n} or {@code \r\n}, the last one may end with the input; a byte order mark
 * at the start is skipped. Never holds more than the longest line allowed and one block.
 *
 * <p>One parser goes on from line to line, as making one for each took as long as the reading. It is trusted with a line
 * only if it finds one object there that ends with the line; a line with anything else in it is read once more, by a parser of
 * its own that sees nothing but this line, and with the next line there is a new one that goes on.
 */
public final class NdjsonSource implements EventSource {
    /** Enough for the largest event there can be, escaped as wastefully as JSON allows, and then some. */
    public static final int DEFAULT_MAX_LINE_LENGTH = 8 * 1024 * 1024;

    private static final int BLOCK_LENGTH = 64 * 1024;

    private final InputStream in;
    private final EventReader reader;
    private final int maxLineLength;

    private byte[] buffer;
    private int limit;
    private int next;
    private int start;
    private int end;
    private long line;
    private @Nullable String problem;
    /** Goes on from line to line. */
    private @Nullable JsonParser parser;
    /** Where in the buffer its input begins. */
    private int parserStart;

    /** Reads lines of at most {@code maxLineLength} bytes; closing the stream is the caller's business. */
    public NdjsonSource(InputStream in, EventReader reader, int maxLineLength) {
        this.in = in;
        this.reader = reader;
        this.maxLineLength = maxLineLength;
        buffer = new byte[BLOCK_LENGTH];
    }

    /** Reads the first {@code length} bytes, which it may move about meanwhile. */
    public NdjsonSource(byte[] bytes, int length, EventReader reader, int maxLineLength) {
        this.in = InputStream.nullInputStream();
        this.reader = reader;
        this.maxLineLength = maxLineLength;
        buffer = bytes;
        limit = length;
    }

    /** The number of the current event's line, from 1, blank lines counted. */
    public long line() {
        return line;
    }

    @Override
    public boolean next(long nowNs) throws IOException {
        while (nextLine()) {
            if (end - start > maxLineLength) {
                endParser();
                problem = "line is longer than " + maxLineLength + " bytes: expected one event";
                return true;
            }
            if (!isBlank(start)) {
                problem = readLine(nowNs);
                return true;
            }
        }
        endParser();
        return false;
    }

    private @Nullable String readLine(long nowNs) throws IOException {
        if (Utf8.isValid(buffer, start, end - start)) {
            try {
                JsonParser json = goOn();
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    String found = reader.read(json, nowNs);
                    if (endsWithLine(json)) {
                        return found;
                    }
                }
            } catch (JsonProcessingException e) {
                // The line says what is wrong with it when it is read alone.
            }
        }
        endParser();
        return reader.read(buffer, start, end - start, nowNs);
    }

    private JsonParser goOn() throws IOException {
        JsonParser known = parser;
        if (known != null) {
            return known;
        }
        JsonParser begun = Json.FACTORY.createParser(buffer, start, limit - start);
        parser = begun;
        parserStart = start;
        return begun;
    }

    private boolean endsWithLine(JsonParser json) {
        long position = parserStart + json.currentLocation().getByteOffset();
        return position <= end && isBlank((int) position);
    }

    private void endParser() throws IOException {
        if (parser != null) {
            parser.close();
            parser = null;
        }
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
        int newline = Scan.newline(buffer, start, limit);
        while (newline < 0) {
            limit = Math.min(limit, start + maxLineLength + 2);
            makeRoom();
            int searched = limit;
            if (!fill()) {
                return lastLine();
            }
            newline = Scan.newline(buffer, searched, limit);
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

    /** Moves the line begun to the buffer's start and sees to it that there is room behind it. */
    private void makeRoom() throws IOException {
        endParser();
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

    /** Whether nothing but blanks is in the line from there on. */
    private boolean isBlank(int from) {
        for (int i = from; i < end; i++) {
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
