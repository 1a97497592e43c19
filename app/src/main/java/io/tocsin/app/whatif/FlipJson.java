package io.tocsin.app.whatif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.app.policyfile.PolicyTable;
import io.tocsin.engine.view.ClockView;
import io.tocsin.http.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes flips for programs. Any thread. */
final class FlipJson {
    private FlipJson() {}

    /** One flip as an object. */
    static void write(JsonGenerator json, Flip flip) throws IOException {
        ClockView clock = flip.any().clock();
        json.writeStartObject();
        json.writeStringField("ticket", flip.ticket());
        json.writeStringField("clock", clock.clock());
        json.writeNumberField("cycle", clock.cycle());
        Json.instantField(json, "started", clock.startedNs());
        json.writeStringField("from", flip.from());
        json.writeStringField("to", flip.to());
        Json.secondsField(json, "late", flip.lateNs());
        json.writeFieldName("old");
        side(json, flip.before());
        json.writeFieldName("new");
        side(json, flip.after());
        Json.attributesField(json, "attributes", flip.attributes());
        json.writeEndObject();
    }

    private static void side(JsonGenerator json, @Nullable CycleFate fate) throws IOException {
        if (fate == null) {
            json.writeNull();
            return;
        }
        ClockView clock = fate.clock();
        json.writeStartObject();
        json.writeStringField("policy", fate.promise().policy());
        json.writeStringField("promise", PolicyTable.time(fate.promise().time()));
        json.writeStringField("calendar", fate.promise().calendar().name());
        Json.secondsField(json, "target", clock.targetNs());
        json.writeStringField("state", clock.state());
        Json.instantField(json, "due", clock.dueNs());
        Json.instantField(json, "stopped", clock.stoppedNs());
        Json.secondsField(json, "elapsed", clock.elapsedNs());
        json.writeEndObject();
    }
}
