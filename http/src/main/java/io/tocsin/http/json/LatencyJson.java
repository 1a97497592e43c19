package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.view.LatencyView;
import java.io.IOException;

/** Writes how long things took. Any thread. */
public final class LatencyJson {
    private LatencyJson() {}

    /** The distributions as an object. */
    public static void write(JsonGenerator json, LatencyView latency) throws IOException {
        json.writeStartObject();
        quantiles(json, "ingest_to_apply", latency.ingestToApply());
        quantiles(json, "detection_lag", latency.detectionLag());
        json.writeEndObject();
    }

    private static void quantiles(JsonGenerator json, String name, LatencyView.Quantiles quantiles) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", quantiles.count());
        json.writeNumberField("p50_ns", quantiles.p50Ns());
        json.writeNumberField("p90_ns", quantiles.p90Ns());
        json.writeNumberField("p99_ns", quantiles.p99Ns());
        json.writeNumberField("p99_9_ns", quantiles.p999Ns());
        json.writeNumberField("max_ns", quantiles.maxNs());
        json.writeEndObject();
    }
}
