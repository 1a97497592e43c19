package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.TicketView;
import java.io.IOException;

/** Writes tickets with their clocks. Any thread. */
public final class TicketJson {
    private TicketJson() {}

    /** One ticket as an object. */
    public static void write(JsonGenerator json, TicketView ticket) throws IOException {
        json.writeStartObject();
        json.writeStringField("ticket", ticket.ticket());
        json.writeStringField("status", ticket.status());
        json.writeStringField("policy", ticket.policy());
        Json.attributesField(json, "attributes", ticket.attributes());
        json.writeArrayFieldStart("clocks");
        for (ClockView clock : ticket.clocks()) {
            json.writeStartObject();
            clockFields(json, clock);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The fields of a clock, into the object begun. */
    static void clockFields(JsonGenerator json, ClockView clock) throws IOException {
        json.writeStringField("clock", clock.clock());
        json.writeNumberField("cycle", clock.cycle());
        json.writeStringField("state", clock.state());
        json.writeBooleanField("breached", clock.breached());
        Json.instantField(json, "started", clock.startedNs());
        Json.instantField(json, "due", clock.dueNs());
        Json.instantField(json, "stopped", clock.stoppedNs());
        Json.secondsField(json, "elapsed", clock.elapsedNs());
        Json.secondsField(json, "target", clock.targetNs());
        Json.secondsField(json, "remaining", clock.remainingNs());
    }
}
