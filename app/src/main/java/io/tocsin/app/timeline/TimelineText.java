package io.tocsin.app.timeline;

import static java.util.stream.Collectors.joining;

import io.tocsin.app.policyfile.PolicyTable;
import io.tocsin.app.replay.Spans;
import io.tocsin.app.text.LocalTimes;
import io.tocsin.app.text.TextTable;
import io.tocsin.engine.alert.AlertKind;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a timeline to people, each clock in the zone of its calendar. One instance for one timeline. */
final class TimelineText {
    private static final String INDENT = "   ";
    /** Of a longer list only so many are shown at either end. */
    private static final int SHOWN_AT_AN_END = 12;

    private final StringBuilder text = new StringBuilder();
    private final Timeline timeline;
    /** Of what belongs to no clock: that of the first one. */
    private final ZoneId zone;

    private TimelineText(Timeline timeline) {
        this.timeline = timeline;
        zone = timeline.clocks().isEmpty()
                ? ZoneOffset.UTC
                : timeline.clocks().get(0).promise().calendar().zone();
    }

    /** Lines that end with a line feed. */
    static String of(Timeline timeline) {
        return new TimelineText(timeline).write();
    }

    private String write() {
        head();
        timeline.clocks().forEach(this::clock);
        for (Timeline.Life life : timeline.earlierLives()) {
            text.append("\nAn earlier life, ").append(life.status()).append(" and forgotten ");
            text.append(LocalTimes.forPeople(life.forgottenNs(), zone)).append('\n');
            life.clocks().forEach(this::clock);
        }
        events();
        return text.toString();
    }

    private void head() {
        text.append(timeline.ticket()).append(": ");
        text.append(timeline.status() == null ? "never opened" : timeline.status());
        if (timeline.forgottenNs() != ClockView.NONE) {
            text.append(", forgotten ").append(LocalTimes.forPeople(timeline.forgottenNs(), zone));
        } else if (timeline.status() != null) {
            text.append(timeline.policy() == null ? ", no policy matches" : ", policy \"" + timeline.policy() + '"');
        }
        text.append("; as of ").append(LocalTimes.forPeople(timeline.asOfNs(), zone));
        text.append('\n');
        if (!timeline.attributes().isEmpty()) {
            text.append(INDENT).append(attributes(timeline.attributes())).append('\n');
        }
        if (timeline.gap() != null) {
            text.append(INDENT)
                    .append("Something may be missing: ")
                    .append(timeline.gap())
                    .append('\n');
        }
        if (!timeline.clocks().isEmpty()) {
            text.append(INDENT).append(TimelineBar.LEGEND).append('\n');
        }
    }

    private void clock(ClockTimeline shown) {
        ClockView clock = shown.clock();
        ZoneId local = shown.promise().calendar().zone();
        text.append('\n').append(clock.clock());
        text.append(clock.cycle() == 1 ? "" : ", cycle " + clock.cycle());
        text.append(": ").append(verdict(clock)).append('\n');
        text.append(INDENT).append(TimelineBar.of(shown)).append('\n');
        TextTable table = TextTable.ofWords(INDENT);
        table.row(List.of("promise", promise(shown.promise()), ""));
        table.row(List.of("because", because(shown), ""));
        for (Verdict verdict : shown.earlierVerdicts()) {
            table.row(List.of("before", earlier(verdict, local), cause(verdict.cause())));
        }
        table.row(List.of("started", LocalTimes.forPeople(clock.startedNs(), local), startCause(shown)));
        table.row(
                List.of("due", clock.dueNs() == ClockView.NONE ? "-" : LocalTimes.forPeople(clock.dueNs(), local), ""));
        if (clock.stoppedNs() != ClockView.NONE) {
            table.row(List.of(clock.state(), LocalTimes.forPeople(clock.stoppedNs(), local), cause(shown.stoppedBy())));
        }
        text.append(table);
        segments(shown, local);
        crossings(shown, local);
    }

    private static String verdict(ClockView clock) {
        String used = Spans.exact(clock.elapsedNs()) + " used";
        String of = clock.targetNs() == ClockView.NONE ? "" : " of " + Spans.exact(clock.targetNs());
        String late = clock.remainingNs() != ClockView.NONE && clock.remainingNs() < 0
                ? ", late by " + Spans.exact(-clock.remainingNs())
                : "";
        String result = clock.breached() ? "breached" : clock.state().equals("stopped") ? "met" : clock.state();
        String state = clock.breached() && !clock.state().equals("stopped") ? ", " + clock.state() : "";
        return result + state + ", " + used + of + late;
    }

    private static String promise(Promise promise) {
        return PolicyTable.time(promise.time()) + " of "
                + promise.calendar().name() + " ("
                + LocalTimes.name(promise.calendar().zone()) + "), policy \"" + promise.policy() + '"';
    }

    private static String because(ClockTimeline clock) {
        List<MatchedCondition> match = clock.match();
        if (match == null) {
            return "that is not known any more";
        }
        return match.isEmpty()
                ? "it is for everybody whom no policy before it matches"
                : match.stream().map(TimelineText::condition).collect(joining(" and "));
    }

    private static String condition(MatchedCondition matched) {
        String value = matched.value() == null ? "not given" : String.valueOf(matched.value());
        return PolicyTable.condition(matched.condition()) + " (" + value + ")";
    }

    private static String earlier(Verdict verdict, ZoneId local) {
        String until = "; until " + LocalTimes.forPeople(verdict.untilNs(), local);
        if (verdict.promise() == null) {
            return "no target" + until;
        }
        String due = verdict.dueNs() == ClockView.NONE
                ? ", paused"
                : ", due " + LocalTimes.forPeople(verdict.dueNs(), local);
        return promise(verdict.promise()) + due + (verdict.breached() ? ", breached" : "") + until;
    }

    private void segments(ClockTimeline shown, ZoneId local) {
        List<List<String>> rows = new ArrayList<>();
        for (Segment segment : shown.segments()) {
            boolean counts = segment.kind() == Segment.Kind.RUNNING;
            rows.add(List.of(
                    LocalTimes.forPeople(segment.fromNs(), local),
                    segment.kind().text().replace('_', ' '),
                    (counts ? "+ " : "  ") + Spans.exact(segment.lengthNs()),
                    cause(segment.cause())));
        }
        text.append(table(rows));
        text.append(INDENT)
                .append("counted in all: ")
                .append(Spans.exact(shown.clock().elapsedNs()))
                .append('\n');
    }

    private void crossings(ClockTimeline shown, ZoneId local) {
        List<List<String>> rows = new ArrayList<>();
        for (Crossing crossing : shown.crossings()) {
            rows.add(List.of(
                    LocalTimes.forPeople(crossing.atNs(), local),
                    what(crossing),
                    crossing.to().isEmpty() ? "" : "to " + String.join(", ", crossing.to()),
                    crossing.detectedNs() == ClockView.NONE
                            ? ""
                            : "found after " + Spans.exact(crossing.detectedNs() - crossing.atNs())));
        }
        text.append(table(rows));
    }

    private static String what(Crossing crossing) {
        if (crossing.kind() == AlertKind.REVOKED) {
            return "revoked " + crossing.revokes();
        }
        return crossing.kind() == AlertKind.BREACH ? "breach" : crossing.kind().text() + " " + crossing.threshold();
    }

    private void events() {
        text.append("\nevents\n");
        if (timeline.happenings().isEmpty()) {
            text.append(INDENT).append("none are kept\n");
        }
        timeline.happenings().forEach(this::event);
    }

    private void event(Happening happening) {
        Cause cause = happening.cause();
        text.append(INDENT).append(LocalTimes.forPeople(cause.atNs(), zone));
        text.append("  ").append(cause.type());
        if (cause.arrivedNs() > cause.atNs()) {
            text.append(", arrived after ").append(Spans.text(cause.arrivedNs() - cause.atNs()));
        }
        if (!happening.attributes().isEmpty()) {
            text.append(", with ")
                    .append(happening.attributes().stream()
                            .map(attribute ->
                                    attribute.name() + " " + (attribute.value().isEmpty() ? "-" : attribute.value()))
                            .collect(joining(", ")));
        }
        text.append('\n');
        for (Effect effect : happening.effects()) {
            text.append(INDENT).append(INDENT);
            text.append(effect.text(instantNs -> LocalTimes.forPeople(instantNs, zone)))
                    .append('\n');
        }
    }

    private static String table(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        TextTable table = TextTable.ofWords(INDENT);
        int left = rows.size() - 2 * SHOWN_AT_AN_END;
        for (int i = 0; i < rows.size(); i++) {
            if (left <= 1 || i < SHOWN_AT_AN_END || i >= rows.size() - SHOWN_AT_AN_END) {
                table.row(rows.get(i));
            } else if (i == SHOWN_AT_AN_END) {
                table.row(List.of("… " + left + " more, which --json shows", "", "", ""));
            }
        }
        return table.toString();
    }

    private static String startCause(ClockTimeline shown) {
        return shown.segments().isEmpty() ? "" : cause(shown.segments().get(0).cause());
    }

    private static String cause(@Nullable Cause cause) {
        return cause == null ? "" : cause.type();
    }

    private static String attributes(Map<String, Object> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + " " + attribute.getValue())
                .collect(joining(", "));
    }
}
