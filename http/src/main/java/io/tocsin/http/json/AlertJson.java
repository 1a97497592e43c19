package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes alerts. Any thread; allocates the alert's texts. */
public final class AlertJson {
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
        json.writeStringField("ticket", alert.ticket());
        json.writeStringField("clock", alert.clock());
        json.writeNumberField("cycle", alert.cycle());
        json.writeStringField("policy", emptyToNull(alert.policy()));
        json.writeStringField("threshold", alert.threshold());
        json.writeNumberField("level", alert.level());
        recipients(json, alert);
        Json.instantField(json, "at", alert.atNs());
        Json.instantField(json, "due", alert.dueNs());
        Json.instantField(json, "detected", alert.detectedNs());
        Json.secondsField(json, "elapsed", alert.elapsedNs());
        Json.secondsField(json, "target", alert.targetNs());
        attributes(json, alert);
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
