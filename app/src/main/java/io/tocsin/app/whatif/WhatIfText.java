package io.tocsin.app.whatif;

import static java.util.stream.Collectors.joining;

import io.tocsin.app.policyfile.PolicyTable;
import io.tocsin.app.replay.Spans;
import io.tocsin.app.text.LocalTimes;
import io.tocsin.app.text.TextTable;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CycleFacts.Promise;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows a comparison to people. Pure functions for any thread. */
final class WhatIfText {
    /** So many flips are shown; the rest is for a file. */
    static final int SHOWN_FLIPS = 20;

    private static final int SHOWN_GROUPS = 40;
    private static final List<String> HEADER = List.of("clock", "met", "breached", "attained", "average", "p90");

    private WhatIfText() {}

    /** Lines that end with a line feed. */
    static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        text.append(number(comparison.events())).append(" events, ");
        text.append(number(comparison.tickets())).append(" tickets\n\n");
        TextTable table = TextTable.ofWords("").row(HEADER);
        for (String clock : comparison.clocks()) {
            table.row(row(clock, comparison.total().clock(clock)));
        }
        text.append(table);
        groups(text, comparison);
        flips(text, comparison.flips());
        return text.toString();
    }

    private static void groups(StringBuilder text, Comparison comparison) {
        record Line(long moved, List<String> cells) {}
        List<Line> lines = new ArrayList<>();
        for (Comparison.Group group : comparison.groups()) {
            for (String clock : comparison.clocks()) {
                Difference difference = group.clocks().get(clock);
                if (difference != null && difference.isSome()) {
                    String key = group.key().entrySet().stream()
                            .map(entry -> entry.getKey() + " " + (entry.getValue() == null ? "-" : entry.getValue()))
                            .collect(joining(", "));
                    lines.add(new Line(
                            Math.abs(difference.count(Outcome.BREACHED)), row(key + ": " + clock, difference)));
                }
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        lines.sort(Comparator.comparingLong(Line::moved).reversed());
        TextTable table = TextTable.ofWords("").row(HEADER);
        lines.stream().limit(SHOWN_GROUPS).forEach(line -> table.row(line.cells()));
        text.append("\nGroups that change, those with the most breaches to or fro first\n\n")
                .append(table);
        if (lines.size() > SHOWN_GROUPS) {
            text.append("… ").append(lines.size() - SHOWN_GROUPS).append(" more, which --json shows\n");
        }
    }

    private static void flips(StringBuilder text, List<Flip> flips) {
        if (flips.isEmpty()) {
            text.append("\nNothing flips: every promise ends as it did.\n");
            return;
        }
        text.append('\n').append(number(flips.size())).append(flips.size() == 1 ? " clock flips: " : " clocks flip: ");
        text.append(FlipCounts.of(flips).entrySet().stream()
                .map(count -> number(count.getValue()) + " " + count.getKey().replace("_to_", " to "))
                .collect(joining(", ")));
        text.append("\n\n");
        TextTable table = TextTable.ofWords("");
        table.row(List.of("ticket", "clock", "from", "to", "late by", "due, old and new", "promise, old and new"));
        flips.stream().limit(SHOWN_FLIPS).forEach(flip -> row(table, flip));
        text.append(table);
        if (flips.size() > SHOWN_FLIPS) {
            text.append("… ").append(number(flips.size() - SHOWN_FLIPS)).append(" more, which --tickets FILE writes\n");
        }
    }

    private static void row(TextTable table, Flip flip) {
        ClockView clock = flip.any().clock();
        table.row(List.of(
                flip.ticket(),
                clock.clock() + (clock.cycle() == 1 ? "" : "/" + clock.cycle()),
                flip.from(),
                flip.to(),
                flip.lateNs() == 0 ? "-" : Spans.text(flip.lateNs()),
                due(flip.before()),
                promise(flip.before())));
        table.row(List.of("", "", "", "", "", due(flip.after()), promise(flip.after())));
    }

    private static String due(@Nullable CycleFate fate) {
        return fate == null || fate.clock().dueNs() == ClockView.NONE
                ? "-"
                : LocalTimes.forPeople(
                        fate.clock().dueNs(), fate.promise().calendar().zone());
    }

    private static String promise(@Nullable CycleFate fate) {
        if (fate == null) {
            return "-";
        }
        Promise promise = fate.promise();
        String zone = LocalTimes.name(promise.calendar().zone());
        return PolicyTable.time(promise.time()) + " of " + promise.calendar().name()
                + (zone.equals(LocalTimes.name(ZoneOffset.UTC)) ? "" : " (" + zone + ")") + ", \"" + promise.policy()
                + '"';
    }

    private static List<String> row(String name, Difference difference) {
        Tally before = difference.before();
        Tally after = difference.after();
        return List.of(
                name,
                count(difference, Outcome.MET),
                count(difference, Outcome.BREACHED),
                attainment(before.attainment(), after.attainment()),
                span(before.averageNs(), after.averageNs()),
                span(before.p90Ns(), after.p90Ns()));
    }

    private static String count(Difference difference, Outcome outcome) {
        long was = difference.before().count(outcome);
        long moved = difference.count(outcome);
        return moved == 0
                ? number(was)
                : number(was) + " → " + number(was + moved) + String.format(Locale.ROOT, " (%+,d)", moved);
    }

    private static String attainment(@Nullable Double was, @Nullable Double is) {
        String before = percent(was);
        String after = percent(is);
        if (was == null || is == null || before.equals(after)) {
            return before.equals(after) ? before : before + " → " + after;
        }
        return before + " → " + after + String.format(Locale.ROOT, " (%+.1f)", (is - was) * 100);
    }

    private static String percent(@Nullable Double ratio) {
        return ratio == null ? "-" : String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }

    private static String span(long wasNs, long isNs) {
        return wasNs == isNs ? Spans.text(wasNs) : Spans.text(wasNs) + " → " + Spans.text(isNs);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
