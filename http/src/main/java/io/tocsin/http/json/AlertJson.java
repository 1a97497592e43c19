package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes alerts. Any thread; allocates the alert's texts. */
public final class AlertJson {
    private static final double MILLION = 1e6;

    private AlertJson() {}

    /** One alert as an object. Consumes the record's recipients and attributes, so wrap it anew to write it twice. */
    public static void write(JsonGenerator json, AlertRecord alert) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seq", alert.seq());
        json.writeStringField("id", alert.id());
        json.writeStringField("kind", alert.kind().text());
        if (alert.kind() == AlertKind.REVOKED) {
            json.writeStringField("revokes", alert.revokes());
        }
        boolean objective = alert.kind() == AlertKind.OBJECTIVE;
        json.writeStringField("ticket", emptyToNull(alert.ticket()));
        json.writeStringField("clock", emptyToNull(alert.clock()));
        json.writeNumberField("cycle", alert.cycle());
        json.writeStringField("policy", objective ? null : emptyToNull(alert.policy()));
        json.writeStringField("threshold", alert.threshold());
        json.writeNumberField("level", objective ? 0 : alert.level());
        if (objective) {
            objective(json, alert);
        }
        recipients(json, alert);
        Json.instantField(json, "at", alert.atNs());
        Json.instantField(json, "due", alert.dueNs());
        Json.instantField(json, "detected", alert.detectedNs());
        Json.secondsField(json, "elapsed", objective ? Json.NONE : alert.elapsedNs());
        Json.secondsField(json, "target", objective ? Json.NONE : alert.targetNs());
        attributes(json, alert);
        json.writeEndObject();
    }

    /** What the figure is and what it came to; attributes are the group's key. */
    private static void objective(JsonGenerator json, AlertRecord alert) throws IOException {
        json.writeObjectFieldStart("objective");
        json.writeStringField("name", alert.objective());
        json.writeStringField("state", alert.isCrossed() ? "crossed" : "cleared");
        json.writeStringField("metric", alert.metric());
        json.writeStringField("window", alert.window());
        Json.numberField(
                json, "value", alert.valueMillionths() == AlertRecord.NONE ? null : alert.valueMillionths() / MILLION);
        json.writeNumberField("count", alert.count());
        json.writeEndObject();
    }

    private static void recipients(JsonGenerator json, AlertRecord alert) throws IOException {
        json.writeArrayFieldStart("to");
        for (String to = alert.nextTo(); to != null; to = alert.nextTo()) {
            json.writeString(to);
        }
        json.writeEndArray();
    }

    private static void attributes(JsonGenerator json, AlertRecord alert) throws IOException {
        json.writeObjectFieldStart("attributes");
        while (alert.nextAttribute()) {
            Json.attribute(json, alert.name(), alert.valueKind(), alert.value());
        }
        json.writeEndObject();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
