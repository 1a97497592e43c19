package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFigures;
import java.io.IOException;
import java.util.Map;

/** Writes figures by group. Any thread. */
public final class StatsJson {
    private StatsJson() {}

    /** The figures as an object. */
    public static void write(JsonGenerator json, StatsView stats) throws IOException {
        json.writeStartObject();
        Json.instantField(json, "as_of", stats.asOfNs());
        json.writeStringField("window", stats.window());
        Json.instantField(json, "from", stats.fromNs());
        Json.instantField(json, "to", stats.toNs());
        json.writeArrayFieldStart("groups");
        for (StatsView.Group group : stats.groups()) {
            write(json, group);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** One group as an object. */
    public static void write(JsonGenerator json, StatsView.Group group) throws IOException {
        json.writeStartObject();
        Json.attributesField(json, "key", group.key());
        tickets(json, group.tickets());
        json.writeObjectFieldStart("clocks");
        for (Map.Entry<String, ClockFigures> clock : group.clocks().entrySet()) {
            json.writeObjectFieldStart(clock.getKey());
            clock(json, clock.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
        ServiceJson.write(json, group.service());
        json.writeEndObject();
    }

    private static void tickets(JsonGenerator json, TicketFigures tickets) throws IOException {
        json.writeObjectFieldStart("tickets");
        json.writeNumberField("opened", tickets.opened());
        json.writeNumberField("resolved", tickets.resolved());
        json.writeNumberField("reopened", tickets.reopened());
        json.writeNumberField("abandoned", tickets.abandoned());
        json.writeNumberField("open", tickets.open());
        json.writeNumberField("transferred", tickets.transferred());
        json.writeNumberField("complained", tickets.complained());
        Json.secondsField(json, "longest_waiting", tickets.longestWaitingNs());
        json.writeEndObject();
    }

    private static void clock(JsonGenerator json, ClockFigures clock) throws IOException {
        json.writeNumberField("running", clock.running());
        json.writeNumberField("paused", clock.paused());
        json.writeNumberField("met", clock.met());
        json.writeNumberField("breached", clock.breached());
        json.writeNumberField("cancelled", clock.cancelled());
        Json.numberField(json, "attainment", clock.attainment());
        boolean noneStopped = clock.averageNs() == Json.NONE;
        Json.secondsField(json, "average", clock.averageNs());
        Json.secondsField(json, "p50", noneStopped ? Json.NONE : clock.p50Ns());
        Json.secondsField(json, "p90", noneStopped ? Json.NONE : clock.p90Ns());
        Json.secondsField(json, "p95", noneStopped ? Json.NONE : clock.p95Ns());
        Json.secondsField(json, "p99", noneStopped ? Json.NONE : clock.p99Ns());
        Json.secondsField(json, "max", noneStopped ? Json.NONE : clock.maxNs());
    }
}
