package io.tocsin.app.journal;

import io.tocsin.http.json.Json;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * The last entries of a journal that are asked for, found from its end: where few match, ever longer stretches are read.
 *
 * @param lines as JSON, oldest first
 * @param end the number behind the last entry that was looked at
 */
record Tail(Collection<byte[]> lines, long end) {
    private static final int WIDER = 8;

    /** The last so many entries of the selection, or all if there are fewer. */
    static Tail of(Entries entries, Selection selection, int count) {
        long end = entries.end();
        long first = entries.first();
        long stretch = count;
        Deque<byte[]> lines = read(entries, end - stretch, end, selection, count);
        while (lines.size() < count && end - stretch > first) {
            stretch = Math.max(1, stretch) * WIDER;
            lines = read(entries, end - stretch, end, selection, count);
        }
        return new Tail(lines, end);
    }

    private static Deque<byte[]> read(Entries entries, long from, long end, Selection selection, int count) {
        Deque<byte[]> lines = new ArrayDeque<>();
        entries.visit(from, entry -> {
            if (entry.number() >= end) {
                return false;
            }
            if (selection.has(entry) && count > 0) {
                if (lines.size() == count) {
                    lines.removeFirst();
                }
                lines.addLast(Json.bytes(entry::write));
            }
            return true;
        });
        return lines;
    }
}
