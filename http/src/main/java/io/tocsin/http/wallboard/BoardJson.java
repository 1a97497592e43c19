package io.tocsin.http.wallboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TrendView;
import io.tocsin.http.json.CountersJson;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.LatencyJson;
import io.tocsin.http.json.StatsJson;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what boards are sent: figures as {@code /v1/stats} has them, lists without what no board shows. */
final class BoardJson {
    /** Told apart by agent, say, there may be thousands; a board has room for the busiest. */
    private static final int MOST_GROUPS = 12;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final Comparator<StatsView.Group> BUSIEST_FIRST = Comparator.<StatsView.Group>comparingLong(
                    group -> -group.tickets().open())
            .thenComparingLong(group -> -group.tickets().opened());

    private BoardJson() {}

    /**
     * How things stand for a view.
     *
     * @param nowNs the system's time
     */
    static void board(JsonGenerator json, BoardView view, Round round, long nowNs, BoardPolicy inForce)
            throws IOException {
        StatsView total = round.stats(view.total());
        json.writeStartObject();
        json.writeStringField("as_of", Json.instant(total.asOfNs()));
        json.writeNumberField("lag_ms", (nowNs - total.asOfNs()) / 1_000_000);
        json.writeStringField("window", view.window());
        json.writeArrayFieldStart("windows");
        for (String window : StatsQuestion.WINDOWS) {
            json.writeString(window);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("goals");
        for (Map.Entry<String, Double> goal : inForce.goals().entrySet()) {
            json.writeNumberField(goal.getKey(), goal.getValue());
        }
        json.writeEndObject();
        json.writeBooleanField("has_figures", inForce.hasFigures());
        json.writeFieldName("total");
        List<StatsView.Group> own = view.groupsOf(total);
        if (own.isEmpty()) {
            json.writeNull();
        } else {
            StatsJson.write(json, own.get(0));
        }
        groups(json, view, round);
        json.writeArrayFieldStart("due");
        for (DueView due : round.due(view.where())) {
            due(json, due, inForce);
        }
        json.writeEndArray();
        json.writeFieldName("latency");
        LatencyJson.write(json, round.latency());
        json.writeFieldName("counters");
        CountersJson.write(json, round.counters());
        json.writeEndObject();
    }

    private static void groups(JsonGenerator json, BoardView view, Round round) throws IOException {
        StatsQuestion question = view.breakdown();
        List<StatsView.Group> all = question == null ? List.of() : view.groupsOf(round.stats(question));
        json.writeNumberField("group_count", all.size());
        json.writeArrayFieldStart("groups");
        for (StatsView.Group group :
                all.stream().sorted(BUSIEST_FIRST).limit(MOST_GROUPS).toList()) {
            StatsJson.write(json, group);
        }
        json.writeEndArray();
    }

    private static void due(JsonGenerator json, DueView due, BoardPolicy inForce) throws IOException {
        ClockView clock = due.clock();
        json.writeStartObject();
        json.writeStringField("ticket", due.ticket());
        json.writeStringField("clock", clock.clock());
        json.writeNumberField("cycle", clock.cycle());
        Json.instantField(json, "due", clock.dueNs());
        Json.secondsField(json, "target", clock.targetNs());
        policy(json, due.policy(), inForce);
        json.writeEndObject();
    }

    /** How it was, as columns of the periods. */
    static void trend(JsonGenerator json, BoardView view, TrendView trend) throws IOException {
        json.writeStartObject();
        json.writeStringField("as_of", Json.instant(trend.asOfNs()));
        json.writeNumberField("period", trend.periodNs() / NANOS_PER_SECOND);
        json.writeNumberField("hours", view.trendHours());
        json.writeArrayFieldStart("at");
        for (int i = 0; i < trend.open().size(); i++) {
            json.writeNumber((trend.firstNs() + i * trend.periodNs()) / NANOS_PER_SECOND);
        }
        json.writeEndArray();
        column(json, "open", trend.open());
        json.writeObjectFieldStart("clocks");
        for (Map.Entry<String, TrendView.Decided> clock : trend.clocks().entrySet()) {
            json.writeObjectFieldStart(clock.getKey());
            column(json, "met", clock.getValue().met());
            column(json, "breached", clock.getValue().breached());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What comes due, by clock, within each of the times. */
    static void forecast(JsonGenerator json, Map<String, List<Long>> clocks) throws IOException {
        json.writeStartObject();
        column(json, "within", Outlook.WITHIN_S);
        json.writeObjectFieldStart("clocks");
        for (Map.Entry<String, List<Long>> clock : clocks.entrySet()) {
            column(json, clock.getKey(), clock.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void column(JsonGenerator json, String field, List<Long> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (long value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    /** One alert; consumes the record's recipients. */
    static void alert(JsonGenerator json, AlertRecord alert, BoardPolicy inForce) throws IOException {
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
        json.writeNumberField("level", alert.level());
        json.writeArrayFieldStart("to");
        for (String to = alert.nextTo(); to != null; to = alert.nextTo()) {
            json.writeString(to);
        }
        json.writeEndArray();
        json.writeStringField("at", Json.instant(alert.atNs()));
        json.writeStringField("detected", Json.instant(alert.detectedNs()));
        policy(json, alert.policy().isEmpty() ? null : alert.policy(), inForce);
        json.writeEndObject();
    }

    private static void policy(JsonGenerator json, @Nullable String policy, BoardPolicy inForce) throws IOException {
        json.writeStringField("policy", policy);
        if (policy == null) {
            return;
        }
        json.writeObjectFieldStart("label");
        for (Map.Entry<String, String> label : inForce.labels(policy).entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
    }
}
