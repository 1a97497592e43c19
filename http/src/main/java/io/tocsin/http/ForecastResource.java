package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.http.json.ForecastJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /v1/forecast}: how many clocks come due soon, by attributes. */
final class ForecastResource {
    private static final int MAX_NAMES = 8;
    private static final int MAX_TIMES = 8;
    private static final List<String> DEFAULT = List.of("5m", "15m", "1h");
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh])");
    private static final Map<String, Long> UNITS_NS =
            Map.of("s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

    private final EngineReads reads;
    private final PreparedAnswers prepared;

    ForecastResource(EngineReads reads, PreparedAnswers prepared) {
        this.reads = reads;
        this.prepared = prepared;
    }

    void get(Context ctx) {
        List<String> by = Query.names(ctx, "by", MAX_NAMES);
        List<String> named = Query.names(ctx, "within", MAX_TIMES);
        List<String> within = named.isEmpty() ? DEFAULT : named;
        List<Long> withinNs = new ArrayList<>();
        for (String text : within) {
            withinNs.add(ns(text));
        }
        Answers.json(
                ctx,
                prepared.json(
                        Answers.client(ctx),
                        new Question(by, within),
                        () -> reads.forecast(by, withinNs),
                        (json, forecast) -> ForecastJson.write(json, forecast, within)));
    }

    private static long ns(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw Query.wrong("within", text, "times between commas, like 5m,15m,1h");
        }
        long unitNs = UNITS_NS.getOrDefault(time.group(2), 0L);
        return Long.parseLong(time.group(1)) * unitNs;
    }

    private record Question(List<String> by, List<String> within) {}
}
