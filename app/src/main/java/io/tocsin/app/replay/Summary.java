package io.tocsin.app.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.app.text.TextTable;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.CountersView;
import io.tocsin.http.json.CountersJson;
import io.tocsin.http.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a replay came to.
 *
 * @param counters what came in and what went out
 * @param rejected lines that were no valid events
 * @param clocks by clock name, in the clocks' order
 * @param stateHash the same for the same events and policy, on any machine
 * @param seconds how long the replay took
 */
record Summary(CountersView counters, long rejected, Map<String, ClockFigures> clocks, long stateHash, double seconds) {
    /** The summary of an engine as it stands. */
    static Summary of(EngineViews views, long rejected, double seconds) {
        return new Summary(views.counters(), rejected, views.totals(), views.stateHash(), seconds);
    }

    /** The line for programs, without a line feed. */
    String json() {
        return new String(Json.bytes(this::write), StandardCharsets.UTF_8);
    }

    /** The table for people. */
    String table() {
        TextTable counts = TextTable.ofFigures("");
        counts.row(List.of("events", number(counters.events())));
        counts.row(List.of("rejected", number(rejected)));
        counts.row(List.of("duplicates", number(counters.duplicates())));
        counts.row(List.of("orphaned", number(counters.orphaned())));
        counts.row(List.of("tickets", number(counters.tickets())));
        counts.row(List.of("warnings", number(counters.warnings())));
        counts.row(List.of("breaches", number(counters.breaches())));
        counts.row(List.of("escalations", number(counters.escalations())));
        counts.row(List.of("revoked", number(counters.revoked())));
        if (counters.objectives() > 0) {
            counts.row(List.of("objectives", number(counters.objectives())));
        }
        TextTable table = TextTable.ofFigures("");
        table.row(List.of("clock", "met", "breached", "attained", "cancelled", "running", "paused", "average", "p90"));
        clocks.forEach((clock, figures) -> table.row(row(clock, figures)));
        return counts + "\n" + table + "\nstate hash " + hex(stateHash) + ", "
                + String.format(Locale.ROOT, "%.2f s", seconds) + "\n";
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("events", counters.events());
        json.writeNumberField("rejected", rejected);
        json.writeNumberField("duplicates", counters.duplicates());
        json.writeNumberField("orphaned", counters.orphaned());
        json.writeNumberField("tickets", counters.tickets());
        CountersJson.alerts(json, counters);
        json.writeObjectFieldStart("clocks");
        for (Map.Entry<String, ClockFigures> clock : clocks.entrySet()) {
            json.writeObjectFieldStart(clock.getKey());
            json.writeNumberField("met", clock.getValue().met());
            json.writeNumberField("breached", clock.getValue().breached());
            json.writeNumberField("cancelled", clock.getValue().cancelled());
            json.writeNumberField("running", clock.getValue().running());
            json.writeNumberField("paused", clock.getValue().paused());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeStringField("state_hash", hex(stateHash));
        json.writeNumberField("seconds", Math.round(seconds * 1_000) / 1_000.0);
        json.writeEndObject();
    }

    private static List<String> row(String clock, ClockFigures figures) {
        Double attainment = figures.attainment();
        return List.of(
                clock,
                number(figures.met()),
                number(figures.breached()),
                attainment == null ? "-" : String.format(Locale.ROOT, "%.1f %%", attainment * 100),
                number(figures.cancelled()),
                number(figures.running()),
                number(figures.paused()),
                Spans.text(figures.averageNs()),
                Spans.text(figures.p90Ns()));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String hex(long value) {
        return String.format(Locale.ROOT, "%016x", value);
    }
}
