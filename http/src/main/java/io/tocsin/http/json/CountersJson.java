package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.view.CountersView;
import java.io.IOException;

/** Writes what came in and what went out. Any thread. */
public final class CountersJson {
    private CountersJson() {}

    /** The counters as an object; alerts by kind as in the summary of a replay. */
    public static void write(JsonGenerator json, CountersView counters) throws IOException {
        json.writeStartObject();
        json.writeNumberField("events", counters.events());
        json.writeNumberField("duplicates", counters.duplicates());
        json.writeNumberField("orphaned", counters.orphaned());
        json.writeNumberField("dropped_attributes", counters.droppedAttributes());
        json.writeNumberField("tickets", counters.tickets());
        json.writeNumberField("open_tickets", counters.openTickets());
        json.writeNumberField("armed_timers", counters.armedTimers());
        alerts(json, counters);
        json.writeEndObject();
    }

    /** The field {@code alerts}: how many were given, by kind; objectives are named once there was one. */
    public static void alerts(JsonGenerator json, CountersView counters) throws IOException {
        json.writeObjectFieldStart("alerts");
        json.writeNumberField("warning", counters.warnings());
        json.writeNumberField("breach", counters.breaches());
        json.writeNumberField("escalation", counters.escalations());
        json.writeNumberField("revoked", counters.revoked());
        if (counters.objectives() > 0) {
            json.writeNumberField("objective", counters.objectives());
        }
        json.writeEndObject();
    }
}
