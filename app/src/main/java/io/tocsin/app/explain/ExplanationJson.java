package io.tocsin.app.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.app.explain.Explanation.Unknown;
import io.tocsin.app.explain.Forecast.Alert;
import io.tocsin.app.policyfile.PolicyTable;
import io.tocsin.app.text.LocalTimes;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.view.ClockView;
import io.tocsin.http.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows an explanation to programs: names, instants in UTC and seconds as in alerts, and beside each instant the same with
 * the calendar's offset under {@code …_local}. Pure functions for any thread.
 */
final class ExplanationJson {
    private final JsonGenerator json;

    private ExplanationJson(JsonGenerator json) {
        this.json = json;
    }

    /** One object in one line, without a line feed. */
    static String of(Explanation explanation) {
        return new String(
                Json.bytes(generator -> new ExplanationJson(generator).write(explanation)), StandardCharsets.UTF_8);
    }

    private void write(Explanation explanation) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", Json.instant(explanation.atNs()));
        texts("attributes", explanation.attributes());
        json.writeArrayFieldStart("unknown_attributes");
        for (Unknown unknown : explanation.unknown()) {
            json.writeStartObject();
            json.writeStringField("name", unknown.name());
            json.writeStringField("nearest", unknown.nearest());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("passed_over");
        for (Mismatch mismatch : explanation.passedOver()) {
            mismatch(mismatch);
        }
        json.writeEndArray();
        policy(explanation.policy());
        json.writeArrayFieldStart("clocks");
        for (Forecast forecast : explanation.forecasts()) {
            forecast(forecast);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void mismatch(Mismatch mismatch) throws IOException {
        Condition failed = mismatch.failed();
        json.writeStartObject();
        json.writeStringField("policy", mismatch.policy());
        json.writeStringField("attribute", failed.attribute());
        json.writeStringField("value", mismatch.value());
        switch (failed.test()) {
            case ANY_OF -> texts("any_of", failed.values());
            case NONE_OF -> texts("none_of", failed.values());
            case PRESENT -> json.writeBooleanField("present", true);
        }
        json.writeEndObject();
    }

    private void policy(@Nullable Policy policy) throws IOException {
        json.writeStringField("policy", policy == null ? null : policy.name());
        texts("label", policy == null ? Map.of() : new TreeMap<>(policy.label()));
    }

    private void forecast(Forecast forecast) throws IOException {
        ZoneId zone = forecast.zone();
        ClockView view = forecast.view();
        json.writeStartObject();
        json.writeStringField("clock", forecast.clock().name());
        json.writeStringField("start_event", forecast.startType());
        json.writeStringField("promise", PolicyTable.time(forecast.target().time()));
        json.writeFieldName("target");
        if (view.targetNs() == ClockView.NONE) {
            json.writeNull();
        } else {
            json.writeNumber(Json.seconds(view.targetNs()));
        }
        json.writeStringField("calendar", forecast.target().calendar());
        json.writeStringField("timezone", LocalTimes.name(zone));
        instant("started", view.startedNs(), zone);
        instant("counts_from", forecast.countsFromNs(), zone);
        instant("due", view.dueNs(), zone);
        json.writeArrayFieldStart("alerts");
        for (Alert alert : forecast.alerts()) {
            alert(alert, zone);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void alert(Alert alert, ZoneId zone) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", alert.kind().text());
        json.writeStringField("threshold", alert.threshold());
        json.writeNumberField("level", alert.level());
        texts("to", alert.to());
        instant("at", alert.atNs(), zone);
        json.writeEndObject();
    }

    private void instant(String name, long epochNs, ZoneId zone) throws IOException {
        boolean exists = epochNs != ClockView.NONE;
        json.writeStringField(name, exists ? Json.instant(epochNs) : null);
        json.writeStringField(name + "_local", exists ? LocalTimes.rfc3339(epochNs, zone) : null);
    }

    private void texts(String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private void texts(String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }
}
