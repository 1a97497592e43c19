package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.timeline.Cause;
import io.tocsin.engine.timeline.ClockTimeline;
import io.tocsin.engine.timeline.Crossing;
import io.tocsin.engine.timeline.Effect;
import io.tocsin.engine.timeline.Happening;
import io.tocsin.engine.timeline.MatchedCondition;
import io.tocsin.engine.timeline.Segment;
import io.tocsin.engine.timeline.Timeline;
import io.tocsin.engine.timeline.Verdict;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CycleFacts.Promise;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes timelines of tickets. One instance for one generator, on its thread. */
public final class TimelineJson {
    private final JsonGenerator json;

    private TimelineJson(JsonGenerator json) {
        this.json = json;
    }

    /** One timeline as an object. */
    public static void write(JsonGenerator json, Timeline timeline) throws IOException {
        new TimelineJson(json).write(timeline);
    }

    private void write(Timeline timeline) throws IOException {
        json.writeStartObject();
        json.writeStringField("ticket", timeline.ticket());
        json.writeStringField("status", timeline.status());
        json.writeStringField("policy", timeline.policy());
        Json.attributesField(json, "attributes", timeline.attributes());
        Json.instantField(json, "as_of", timeline.asOfNs());
        Json.instantField(json, "forgotten", timeline.forgottenNs());
        json.writeBooleanField("complete", timeline.gap() == null);
        json.writeStringField("incomplete_because", timeline.gap());
        clocks(timeline.clocks());
        json.writeArrayFieldStart("earlier_lives");
        for (Timeline.Life life : timeline.earlierLives()) {
            json.writeStartObject();
            json.writeStringField("status", life.status());
            Json.instantField(json, "forgotten", life.forgottenNs());
            clocks(life.clocks());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("events");
        for (Happening happening : timeline.happenings()) {
            happening(happening);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void clocks(List<ClockTimeline> clocks) throws IOException {
        json.writeArrayFieldStart("clocks");
        for (ClockTimeline clock : clocks) {
            clock(clock);
        }
        json.writeEndArray();
    }

    private void clock(ClockTimeline timeline) throws IOException {
        ClockView clock = timeline.clock();
        json.writeStartObject();
        TicketJson.clockFields(json, clock);
        promise(timeline.promise());
        match(timeline.match());
        cause("stopped_by", timeline.stoppedBy());
        json.writeArrayFieldStart("segments");
        for (Segment segment : timeline.segments()) {
            segment(segment);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("thresholds");
        for (Crossing crossing : timeline.crossings()) {
            crossing(crossing);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("earlier_verdicts");
        for (Verdict verdict : timeline.earlierVerdicts()) {
            verdict(verdict);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void promise(@Nullable Promise promise) throws IOException {
        json.writeStringField("policy", promise == null ? null : promise.policy());
        json.writeStringField(
                "calendar", promise == null ? null : promise.calendar().name());
        json.writeStringField(
                "timezone", promise == null ? null : zone(promise.calendar().zone()));
        json.writeFieldName("business_days");
        if (promise != null && promise.time() instanceof TargetTime.BusinessDays days) {
            json.writeNumber(days.days());
        } else {
            json.writeNull();
        }
    }

    /** UTC is called so, whichever way a policy file says it. */
    private static String zone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    private void match(@Nullable List<MatchedCondition> match) throws IOException {
        if (match == null) {
            json.writeNullField("match");
            return;
        }
        json.writeArrayFieldStart("match");
        for (MatchedCondition matched : match) {
            json.writeStartObject();
            json.writeStringField("attribute", matched.condition().attribute());
            json.writeFieldName("value");
            Json.value(json, matched.condition().attribute(), matched.value());
            switch (matched.condition().test()) {
                case ANY_OF -> texts("any_of", matched.condition().values());
                case NONE_OF -> texts("none_of", matched.condition().values());
                case PRESENT -> json.writeBooleanField("present", true);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void segment(Segment segment) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", segment.kind().text());
        Json.instantField(json, "from", segment.fromNs());
        Json.instantField(json, "to", segment.toNs());
        Json.secondsField(json, "seconds", segment.lengthNs());
        Json.secondsField(json, "counted", segment.countedNs());
        cause("event", segment.cause());
        json.writeEndObject();
    }

    private void crossing(Crossing crossing) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", crossing.kind().text());
        json.writeStringField("threshold", crossing.threshold());
        json.writeNumberField("level", crossing.level());
        Json.instantField(json, "at", crossing.atNs());
        Json.instantField(json, "detected", crossing.detectedNs());
        json.writeStringField("alert", crossing.alert());
        json.writeStringField("revokes", crossing.revokes().isEmpty() ? null : crossing.revokes());
        texts("to", crossing.to());
        json.writeEndObject();
    }

    private void verdict(Verdict verdict) throws IOException {
        json.writeStartObject();
        Json.instantField(json, "until", verdict.untilNs());
        promise(verdict.promise());
        json.writeFieldName("target");
        if (verdict.promise() != null && verdict.promise().time() instanceof TargetTime.Elapsed elapsed) {
            json.writeNumber(Json.seconds(elapsed.targetNs()));
        } else {
            json.writeNull();
        }
        Json.instantField(json, "due", verdict.dueNs());
        json.writeBooleanField("breached", verdict.breached());
        cause("event", verdict.cause());
        json.writeEndObject();
    }

    private void cause(String name, @Nullable Cause cause) throws IOException {
        json.writeFieldName(name);
        if (cause == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        causeFields(cause);
        json.writeEndObject();
    }

    private void causeFields(Cause cause) throws IOException {
        json.writeStringField("kind", cause.kind().text());
        json.writeStringField("type", cause.type());
        Json.instantField(json, "at", cause.atNs());
        Json.instantField(json, "arrived", cause.arrivedNs());
        json.writeStringField("id", cause.id().isEmpty() ? null : cause.id());
    }

    private void happening(Happening happening) throws IOException {
        json.writeStartObject();
        causeFields(happening.cause());
        json.writeObjectFieldStart("attributes");
        for (Happening.Attribute attribute : happening.attributes()) {
            Json.attribute(json, attribute.name(), attribute.kind(), attribute.value());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("effects");
        for (Effect effect : happening.effects()) {
            json.writeString(effect.text(Json::instant));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void texts(String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
