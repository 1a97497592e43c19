package io.tocsin.app.policyfile;

import static java.util.stream.Collectors.joining;

import io.tocsin.app.text.TextTable;
import io.tocsin.app.yaml.Durations;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Warning;
import java.util.List;
import java.util.TreeMap;

/** Shows people what a policy file promises to whom. Pure functions for any thread. */
public final class PolicyTable {
    private static final List<String> HEADER = List.of("clock", "target", "calendar", "warnings", "escalation");
    private static final List<String> OBJECTIVE_HEADER =
            List.of("name", "figure", "by", "window", "bound", "well again", "least cases", "to");
    private static final String NONE = "-";
    private static final String INDENT = "   ";

    private PolicyTable() {}

    /** The policies in their order, as lines that end with a line feed. */
    public static String of(PolicySet policySet) {
        StringBuilder text = new StringBuilder();
        text.append("time zone ").append(policySet.timezone());
        text.append(", finished tickets are forgotten after ")
                .append(Durations.format(policySet.forgetAfterNs()))
                .append('\n');
        for (int i = 0; i < policySet.policies().size(); i++) {
            appendPolicy(text, i + 1, policySet.policies().get(i), policySet.clocks());
        }
        if (!policySet.objectives().isEmpty()) {
            text.append("\nobjectives\n").append(objectives(policySet));
        }
        return text.toString();
    }

    private static void appendPolicy(StringBuilder text, int number, Policy policy, List<ClockDefinition> clocks) {
        text.append('\n').append(number).append(". ").append(policy.name());
        if (!policy.label().isEmpty()) {
            text.append(" (").append(labels(policy)).append(')');
        }
        text.append("\n   for ").append(policy.match().isEmpty() && number == 1 ? "everybody" : match(policy));
        text.append('\n');
        text.append(rows(policy, clocks));
    }

    private static TextTable objectives(PolicySet policySet) {
        TextTable table = TextTable.ofWords(INDENT).row(OBJECTIVE_HEADER);
        for (Objective objective : policySet.objectives()) {
            String metric = objective.metric().text();
            table.row(List.of(
                    objective.name(),
                    objective.clock() == null ? metric : metric + " of " + objective.clock(),
                    orNone(String.join(", ", objective.by())),
                    objective.window().text(),
                    (objective.below() ? "not below " : "not above ") + objective.boundText(),
                    objective.clearText(),
                    String.valueOf(objective.minCount()),
                    orNone(String.join(", ", objective.to()))));
        }
        return table;
    }

    /** Sorted, because the map has no order of its own. */
    private static String labels(Policy policy) {
        return new TreeMap<>(policy.label())
                .entrySet().stream()
                        .map(label -> label.getKey() + ": " + label.getValue())
                        .collect(joining(", "));
    }

    private static String match(Policy policy) {
        return policy.match().isEmpty()
                ? "everybody else"
                : policy.match().stream().map(PolicyTable::condition).collect(joining(" and "));
    }

    /** A condition in words. */
    public static String condition(Condition condition) {
        String values = String.join(" or ", condition.values());
        return switch (condition.test()) {
            case ANY_OF -> condition.attribute() + " is " + values;
            case NONE_OF -> condition.attribute() + " is not " + values;
            case PRESENT -> condition.attribute() + " is given";
        };
    }

    private static TextTable rows(Policy policy, List<ClockDefinition> clocks) {
        TextTable table = TextTable.ofWords(INDENT).row(HEADER);
        for (ClockDefinition clock : clocks) {
            Target target = policy.targets().get(clock.name());
            if (target != null) {
                table.row(row(clock.name(), target));
            }
        }
        return table;
    }

    private static List<String> row(String clock, Target target) {
        return List.of(
                clock,
                time(target.time()),
                target.calendar(),
                orNone(target.warnings().stream().map(Warning::text).collect(joining(", "))),
                orNone(target.escalation().stream().map(PolicyTable::step).collect(joining("; "))));
    }

    /** A target's time, as a policy file may write it. */
    public static String time(TargetTime time) {
        if (time instanceof TargetTime.Elapsed elapsed) {
            return Durations.formatHours(elapsed.targetNs());
        }
        TargetTime.BusinessDays days = (TargetTime.BusinessDays) time;
        return days.days() + "bd" + (days.sameTime() ? ", same time" : "");
    }

    private static String step(EscalationStep step) {
        String again = step.times() == 1
                ? ""
                : " (every " + Durations.format(step.everyNs()) + ", " + step.times() + " times)";
        return step.after() + " to " + String.join(", ", step.to()) + again;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
