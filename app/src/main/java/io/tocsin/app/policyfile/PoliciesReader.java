package io.tocsin.app.policyfile;

import io.tocsin.app.policyfile.TargetReader.Defaults;
import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Fields.Field;
import io.tocsin.app.yaml.Names;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the policies. One instance reads one file. */
final class PoliciesReader {
    private static final List<String> KEYS =
            List.of("name", "label", "match", "calendar", "warn", "escalate", "targets");
    private static final String EXPECTED_TARGETS = "a map of clocks to targets such as {first_response: 15m}";
    private static final Defaults DEFAULTS = new Defaults(CalendarSpec.ALWAYS, List.of(), List.of());

    private final TargetReader targets;
    private final Definitions<ClockDefinition> clocks;
    private final Map<String, Value> names = new HashMap<>();
    private final Map<Set<Condition>, String> matches = new HashMap<>();

    PoliciesReader(TargetReader targets, Definitions<ClockDefinition> clocks) {
        this.targets = targets;
        this.clocks = clocks;
    }

    List<Policy> readAll(Value value) {
        List<Policy> policies = new ArrayList<>();
        for (Value item : value.someItems("at least one policy with a name and targets")) {
            item.fields("a policy such as {name: …, targets: {first_response: 15m}}", KEYS)
                    .map(fields -> read(item, fields))
                    .ifPresent(policies::add);
        }
        return policies;
    }

    private Policy read(Value item, Fields fields) {
        String name = fields.require("name", "a name that is unique in the file")
                .flatMap(this::uniqueName)
                .orElse("");
        Map<String, String> label =
                fields.get("label").map(PoliciesReader::label).orElse(Map.of());
        List<Condition> match =
                fields.get("match").map(ConditionReader::readAll).orElse(List.of());
        warnIfNeverReached(item, name, match);
        Defaults defaults = targets.defaults(fields, DEFAULTS);
        Map<String, Target> promised = fields.require("targets", EXPECTED_TARGETS)
                .map(value -> targets(value, defaults))
                .orElse(Map.of());
        return new Policy(name, label, match, promised);
    }

    private Optional<String> uniqueName(Value value) {
        Optional<String> name = Scalars.name(value, "a name that is unique in the file");
        name.ifPresent(text -> {
            Value first = names.putIfAbsent(text, value);
            if (first != null) {
                value.error("the name " + value.described() + " is taken by the policy in line " + first.line()
                        + "; each policy needs its own");
            }
        });
        return name;
    }

    private static Map<String, String> label(Value value) {
        Map<String, String> label = new LinkedHashMap<>();
        value.fields("a map of languages to names such as {zh: …}").ifPresent(fields -> {
            for (Field field : fields.all()) {
                Scalars.name(field.key(), "a language such as zh");
                Scalars.name(field.value(), "a display name").ifPresent(text -> label.put(field.name(), text));
            }
        });
        return label;
    }

    /** Finds the plain cases only: an earlier policy that matches everybody, or exactly the same tickets. */
    private void warnIfNeverReached(Value item, String name, List<Condition> match) {
        String everybody = matches.get(Set.<Condition>of());
        String same = matches.putIfAbsent(Set.copyOf(match), name);
        if (everybody != null) {
            item.warning("is never reached: the policy " + Names.quote(everybody) + " before it matches everybody");
        } else if (same != null) {
            item.warning("is never reached: the policy " + Names.quote(same) + " before it matches the same tickets");
        }
    }

    private Map<String, Target> targets(Value value, Defaults defaults) {
        Map<String, Target> promised = new LinkedHashMap<>();
        Optional<Fields> fields = value.fields(EXPECTED_TARGETS);
        if (fields.isPresent() && fields.get().isEmpty()) {
            value.error("is empty, expected " + EXPECTED_TARGETS);
        }
        fields.ifPresent(found -> {
            for (Field field : found.all()) {
                Optional<Target> target = targets.read(field.value(), defaults);
                boolean isKnown = clocks.find(field.name(), field.key()).isPresent();
                target.filter(read -> isKnown).ifPresent(read -> promised.put(field.name(), read));
            }
        });
        return promised;
    }
}
