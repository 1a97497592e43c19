package io.tocsin.http.wallboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.StatsView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How it was each minute of the last 24 hours: what was open, and how many clocks had been met and breached in all. The
 * difference of two samples is what became of promises between them; a breach that is taken back shows at the minute in
 * which it was. It begins empty when the server does. The wallboard's thread.
 */
final class Trend {
    /** How often a sample is taken. */
    static final long PERIOD_S = 60;

    private static final int SAMPLES = (int) (24 * 3_600 / PERIOD_S);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private String[] lastNames = {};
    private int unwatched;

    /** Counts of the clock {@code names[i]} are at {@code 2 * i} and behind it. */
    private record Sample(long atNs, long open, String[] names, long[] counts) {}

    boolean isEmpty() {
        return samples.isEmpty();
    }

    /** Somebody looks at it. */
    void watch() {
        unwatched = 0;
    }

    /** Whether nobody has looked at it for an hour. */
    boolean isForgotten() {
        return unwatched > 3_600 / PERIOD_S;
    }

    /** Adds how it is now; the oldest one makes way. */
    void add(long atNs, StatsView.Group group) {
        String[] names = group.clocks().keySet().toArray(String[]::new);
        if (Arrays.equals(names, lastNames)) {
            names = lastNames; // Which are the same all the time, so that all samples share them.
        } else {
            lastNames = names;
        }
        long[] counts = new long[2 * names.length];
        int at = 0;
        for (ClockFigures figures : group.clocks().values()) {
            counts[at++] = figures.met();
            counts[at++] = figures.breached();
        }
        if (samples.size() == SAMPLES) {
            samples.removeFirst();
        }
        unwatched++;
        samples.addLast(new Sample(atNs, group.tickets().open(), names, counts));
    }

    /** Writes the samples of the last hours as an object of columns; null where a clock was not known. */
    void write(JsonGenerator json, int hours) throws IOException {
        List<Sample> shown = last(hours);
        json.writeStartObject();
        json.writeNumberField("period", PERIOD_S);
        json.writeNumberField("hours", hours);
        json.writeArrayFieldStart("at");
        for (Sample sample : shown) {
            json.writeNumber(Math.floorDiv(sample.atNs, NANOS_PER_SECOND));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("open");
        for (Sample sample : shown) {
            json.writeNumber(sample.open);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("clocks");
        for (String name : names(shown)) {
            json.writeObjectFieldStart(name);
            column(json, "met", shown, name, 0);
            column(json, "breached", shown, name, 1);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private List<Sample> last(int hours) {
        long fromNs = samples.isEmpty() ? 0 : samples.getLast().atNs - hours * 3_600 * NANOS_PER_SECOND;
        List<Sample> shown = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.atNs >= fromNs) {
                shown.add(sample);
            }
        }
        return shown;
    }

    private static Set<String> names(List<Sample> shown) {
        Set<String> names = new LinkedHashSet<>();
        for (Sample sample : shown) {
            names.addAll(Arrays.asList(sample.names));
        }
        return names;
    }

    private static void column(JsonGenerator json, String field, List<Sample> shown, String name, int which)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Sample sample : shown) {
            int clock = Arrays.asList(sample.names).indexOf(name);
            if (clock < 0) {
                json.writeNull();
            } else {
                json.writeNumber(sample.counts[2 * clock + which]);
            }
        }
        json.writeEndArray();
    }
}
