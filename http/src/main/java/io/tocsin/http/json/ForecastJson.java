package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.view.ForecastView;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes forecasts. Any thread. */
public final class ForecastJson {
    private static final String COUNTS = "clocks that run, have not breached, and come due within each time if nothing"
            + " happens to their tickets";

    private ForecastJson() {}

    /**
     * A forecast as an object.
     *
     * @param within the times as they were asked for, in the order of the forecast's
     */
    public static void write(JsonGenerator json, ForecastView forecast, List<String> within) throws IOException {
        json.writeStartObject();
        Json.instantField(json, "as_of", forecast.asOfNs());
        json.writeStringField("counts", COUNTS);
        json.writeArrayFieldStart("within");
        for (String each : within) {
            json.writeString(each);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("groups");
        for (ForecastView.Group group : forecast.groups()) {
            group(json, group, within);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void group(JsonGenerator json, ForecastView.Group group, List<String> within) throws IOException {
        json.writeStartObject();
        Json.attributesField(json, "key", group.key());
        json.writeObjectFieldStart("clocks");
        for (Map.Entry<String, List<Long>> clock : group.clocks().entrySet()) {
            json.writeObjectFieldStart(clock.getKey());
            for (int i = 0; i < within.size(); i++) {
                json.writeNumberField(within.get(i), clock.getValue().get(i));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
