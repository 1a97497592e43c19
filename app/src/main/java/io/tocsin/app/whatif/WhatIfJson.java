package io.tocsin.app.whatif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.http.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a comparison for programs; the first group is of everything. One instance for one generator, on its thread. */
final class WhatIfJson {
    private final JsonGenerator json;
    private final Comparison comparison;

    private WhatIfJson(JsonGenerator json, Comparison comparison) {
        this.json = json;
        this.comparison = comparison;
    }

    /** One object in one line, without a line feed. */
    static String of(Comparison comparison) {
        return new String(Json.bytes(json -> new WhatIfJson(json, comparison).write()), StandardCharsets.UTF_8);
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeNumberField("events", comparison.events());
        json.writeNumberField("rejected", comparison.rejected());
        json.writeNumberField("tickets", comparison.tickets());
        json.writeObjectFieldStart("flips");
        for (Map.Entry<String, Long> count : FlipCounts.of(comparison.flips()).entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("groups");
        group(comparison.total());
        for (Comparison.Group group : comparison.groups()) {
            group(group);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tickets_that_flip");
        List<Flip> flips = comparison.flips();
        for (Flip flip : flips.subList(0, Math.min(flips.size(), WhatIfText.SHOWN_FLIPS))) {
            FlipJson.write(json, flip);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void group(Comparison.Group group) throws IOException {
        json.writeStartObject();
        Json.attributesField(json, "key", group.key());
        json.writeObjectFieldStart("clocks");
        for (String clock : comparison.clocks()) {
            Difference difference = group.clocks().get(clock);
            if (difference != null) {
                json.writeObjectFieldStart(clock);
                json.writeFieldName("old");
                tally(difference.before());
                json.writeFieldName("new");
                tally(difference.after());
                json.writeFieldName("difference");
                difference(difference);
                json.writeEndObject();
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void tally(Tally tally) throws IOException {
        json.writeStartObject();
        for (Outcome outcome : Outcome.values()) {
            json.writeNumberField(outcome.text(), tally.count(outcome));
        }
        ratio("attainment", tally.attainment());
        Json.secondsField(json, "average", tally.averageNs());
        Json.secondsField(json, "p90", tally.p90Ns());
        json.writeEndObject();
    }

    private void difference(Difference difference) throws IOException {
        Tally before = difference.before();
        Tally after = difference.after();
        json.writeStartObject();
        for (Outcome outcome : Outcome.values()) {
            json.writeNumberField(outcome.text(), difference.count(outcome));
        }
        Double was = before.attainment();
        Double is = after.attainment();
        ratio("attainment", was == null || is == null ? null : Double.valueOf(is - was));
        Json.secondsField(json, "average", Difference.duration(before.averageNs(), after.averageNs()));
        Json.secondsField(json, "p90", Difference.duration(before.p90Ns(), after.p90Ns()));
        json.writeEndObject();
    }

    private void ratio(String name, @Nullable Double ratio) throws IOException {
        json.writeFieldName(name);
        if (ratio == null) {
            json.writeNull();
        } else {
            json.writeNumber(ratio);
        }
    }
}
