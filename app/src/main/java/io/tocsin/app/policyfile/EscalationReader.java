package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.policy.EscalationStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads escalation chains. */
final class EscalationReader {
    private static final List<String> KEYS = List.of("after", "every", "times", "to");
    private static final String EXPECTED_CHAIN = "a list of steps such as [{after: 15m, to: team_lead}]";
    private static final String EXPECTED_TO = "a recipient such as team_lead, or a list of them";
    private static final int MAX_STEPS = 100;
    private static final int MAX_TIMES = 10_000;
    private static final int MAX_RECIPIENTS = 100;

    private EscalationReader() {}

    /** A chain under {@code escalations}; reported, if it has no step. */
    static List<EscalationStep> namedChain(Value value) {
        if (value.isList()) {
            value.someItems(EXPECTED_CHAIN);
        }
        return steps(value);
    }

    /** What {@code escalate} says: the name of a chain, or the steps themselves, maybe none. */
    static List<EscalationStep> chain(Value value, Definitions<List<EscalationStep>> named) {
        if (!value.isText()) {
            return steps(value);
        }
        return value.text("the name of an escalation, or " + EXPECTED_CHAIN)
                .flatMap(name -> named.find(name, value))
                .orElse(List.of());
    }

    private static List<EscalationStep> steps(Value value) {
        List<EscalationStep> steps = new ArrayList<>();
        for (Value item : value.items(EXPECTED_CHAIN, MAX_STEPS)) {
            item.fields("a step such as {after: 15m, to: team_lead}", KEYS)
                    .flatMap(EscalationReader::step)
                    .ifPresent(steps::add);
        }
        return steps;
    }

    private static Optional<EscalationStep> step(Fields fields) {
        Optional<Value> after = fields.require("after", "the time after the due instant, such as 15m");
        OptionalLong afterNs = after.map(Scalars::durationNs).orElse(OptionalLong.empty());
        List<String> to = fields.require("to", EXPECTED_TO)
                .map(EscalationReader::recipients)
                .orElse(List.of());
        boolean isRepeated =
                fields.get("every").isPresent() || fields.get("times").isPresent();
        OptionalLong everyNs = isRepeated ? every(fields) : OptionalLong.of(0);
        OptionalInt times = isRepeated ? times(fields) : OptionalInt.of(1);
        if (afterNs.isEmpty() || everyNs.isEmpty() || times.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        String afterText = after.flatMap(value -> value.text("a duration")).orElseThrow();
        return Optional.of(
                new EscalationStep(afterText, afterNs.getAsLong(), everyNs.getAsLong(), times.getAsInt(), to));
    }

    private static OptionalLong every(Fields fields) {
        return fields.require("every", "the time between repetitions, such as 30m, because times is given")
                .map(Scalars::positiveDurationNs)
                .orElse(OptionalLong.empty());
    }

    private static OptionalInt times(Fields fields) {
        return fields.require("times", "how often the step is taken in all, such as 5, because every is given")
                .map(value -> Scalars.number(value, 2, MAX_TIMES))
                .orElse(OptionalInt.empty());
    }

    /** One recipient or a list of them. */
    static List<String> recipients(Value value) {
        if (value.isList()) {
            value.someItems(EXPECTED_TO);
        }
        List<Value> items = value.isList() ? value.items(EXPECTED_TO, MAX_RECIPIENTS) : List.of(value);
        List<String> recipients = new ArrayList<>();
        for (Value item : items) {
            Scalars.name(item, EXPECTED_TO).ifPresent(name -> {
                if (recipients.contains(name)) {
                    item.error("the recipient " + item.described() + " is given twice");
                } else {
                    recipients.add(name);
                }
            });
        }
        return recipients;
    }
}
