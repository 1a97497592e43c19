package io.tocsin.app.explain;

import static java.util.stream.Collectors.joining;

import io.tocsin.app.explain.Forecast.Alert;
import io.tocsin.app.policyfile.PolicyTable;
import io.tocsin.app.text.LocalTimes;
import io.tocsin.app.text.TextTable;
import io.tocsin.app.yaml.Names;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Trigger;
import io.tocsin.engine.view.ClockView;
import io.tocsin.http.json.Json;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Shows an explanation to people. Pure functions for any thread. */
final class ExplanationText {
    private static final String INDENT = "   ";
    /** Of a step that is repeated more often the last ones are only counted. */
    private static final int SHOWN_REPETITIONS = 5;

    private ExplanationText() {}

    /** Lines that end with a line feed. */
    static String of(Explanation explanation) {
        StringBuilder text = new StringBuilder("A ticket with ").append(attributes(explanation.attributes()));
        text.append(" at ").append(Json.instant(explanation.atNs())).append('\n');
        text.append(policies(explanation));
        if (explanation.policy() == null) {
            text.append("No policy matches: nothing is promised to this ticket.\n");
        }
        explanation.forecasts().forEach(forecast -> append(text, forecast, explanation.atNs()));
        return text.toString();
    }

    private static String attributes(Map<String, String> attributes) {
        return attributes.isEmpty()
                ? "no attributes"
                : attributes.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + Names.quote(entry.getValue()))
                        .collect(joining(", "));
    }

    private static TextTable policies(Explanation explanation) {
        TextTable table = TextTable.ofWords(INDENT);
        int number = 1;
        for (Mismatch mismatch : explanation.passedOver()) {
            table.row(List.of(number++ + ". " + mismatch.policy(), "no: " + reason(mismatch)));
        }
        if (explanation.policy() != null) {
            table.row(List.of(number + ". " + explanation.policy().name(), "matches"));
        }
        return table;
    }

    private static String reason(Mismatch mismatch) {
        Condition failed = mismatch.failed();
        String is = mismatch.value() == null ? " is not given" : " is " + Names.quote(mismatch.value());
        String values = failed.values().stream().map(Names::quote).collect(joining(" or "));
        return failed.attribute() + is + ", needed is "
                + switch (failed.test()) {
                    case ANY_OF -> values;
                    case NONE_OF -> "anything but " + values + ", or nothing";
                    case PRESENT -> "any value";
                };
    }

    private static void append(StringBuilder text, Forecast forecast, long atNs) {
        text.append('\n').append(forecast.clock().name()).append(": ");
        text.append(PolicyTable.time(forecast.target().time())).append("; calendar ");
        text.append(forecast.target().calendar()).append(" (").append(LocalTimes.name(forecast.zone()));
        text.append("); starts with ").append(starts(forecast)).append('\n');
        text.append(rows(forecast, atNs));
    }

    /** The events that start it, and what else must be so; the one that is assumed is among them. */
    private static String starts(Forecast forecast) {
        String types = forecast.clock().start().stream()
                .map(ExplanationText::trigger)
                .distinct()
                .collect(joining(" or "));
        List<String> unless = forecast.clock().unlessRunning();
        return unless.isEmpty() ? types : types + " unless " + String.join(" or ", unless) + " is running";
    }

    private static String trigger(Trigger trigger) {
        return trigger.when().isEmpty()
                ? trigger.type()
                : trigger.type() + " when "
                        + trigger.when().stream().map(PolicyTable::condition).collect(joining(" and "));
    }

    private static TextTable rows(Forecast forecast, long atNs) {
        ZoneId zone = forecast.zone();
        TextTable table = TextTable.ofWords(INDENT).row(row("start", atNs, zone, List.of()));
        boolean isDuration = forecast.target().time() instanceof TargetTime.Elapsed;
        long fromNs = forecast.countsFromNs();
        if (isDuration && fromNs != atNs && fromNs != ClockView.NONE) {
            table.row(row("counts from", fromNs, zone, List.of()));
        }
        addAlerts(table, forecast);
        if (!forecast.isEverDue()) {
            table.row(List.of("due", "never: the calendar opens too little", "", ""));
        } else if (forecast.alerts().isEmpty()) {
            table.row(row("due", forecast.view().dueNs(), zone, List.of()));
            table.row(List.of("alerts", "none: the ticket is " + forecast.startType(), "", ""));
        }
        return table;
    }

    /** Warnings and the due instant, then one step after the other, though their repetitions may take turns. */
    private static void addAlerts(TextTable table, Forecast forecast) {
        for (Alert alert : alertsOf(forecast, 0)) {
            String what = alert.kind() == AlertKind.WARNING ? "warning " + alert.threshold() : "due";
            table.row(row(what, alert.atNs(), forecast.zone(), List.of()));
        }
        int level = 1;
        for (EscalationStep step : forecast.target().escalation()) {
            addStep(
                    table,
                    "step " + level + ", after " + step.after(),
                    step,
                    alertsOf(forecast, level),
                    forecast.zone());
            level++;
        }
    }

    private static List<Alert> alertsOf(Forecast forecast, int level) {
        return forecast.alerts().stream()
                .filter(alert -> alert.level() == level)
                .toList();
    }

    private static void addStep(TextTable table, String what, EscalationStep step, List<Alert> alerts, ZoneId zone) {
        int shown = Math.min(alerts.size(), SHOWN_REPETITIONS);
        for (int i = 0; i < shown; i++) {
            String turn = step.times() == 1 ? "" : ", " + (i + 1) + " of " + step.times();
            table.row(row(what + turn, alerts.get(i).atNs(), zone, step.to()));
        }
        if (shown < alerts.size()) {
            long lastNs = alerts.get(alerts.size() - 1).atNs();
            table.row(row("… " + (alerts.size() - shown) + " more, until", lastNs, zone, step.to()));
        }
    }

    private static List<String> row(String what, long atNs, ZoneId zone, List<String> to) {
        String recipients = to.isEmpty() ? "" : "to " + String.join(", ", to);
        return List.of(what, LocalTimes.forPeople(atNs, zone), Json.instant(atNs), recipients);
    }
}
