package io.tocsin.engine.core;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy file as it is read: straight from its values. */
final class NaiveRules {
    final PolicySet policies;
    /** Every clock that any policy of the file has a target for, in the file's order. */
    final List<ClockDefinition> followed;

    private final Map<String, NaiveHours> calendars = new HashMap<>();

    NaiveRules(PolicySet policies) {
        this.policies = policies;
        for (CalendarSpec spec : policies.calendars()) {
            calendars.put(spec.name(), new NaiveHours(spec));
        }
        followed = policies.clocks().stream()
                .filter(clock -> policies.policies().stream()
                        .anyMatch(each -> each.targets().containsKey(clock.name())))
                .toList();
    }

    @Nullable
    Policy firstMatch(Map<String, String> attributes) {
        for (Policy policy : policies.policies()) {
            if (hold(policy.match(), attributes)) {
                return policy;
            }
        }
        return null;
    }

    @Nullable
    NaivePromise promise(@Nullable Policy policy, String clock) {
        Target target = policy == null ? null : policy.targets().get(clock);
        return policy == null || target == null
                ? null
                : new NaivePromise(policy.name(), target, calendars.get(target.calendar()));
    }

    static boolean names(List<Trigger> triggers, String type, Map<String, String> attributes) {
        for (Trigger trigger : triggers) {
            if (trigger.type().equals(type) && hold(trigger.when(), attributes)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hold(List<Condition> conditions, Map<String, String> attributes) {
        for (Condition condition : conditions) {
            if (!holds(condition, attributes.get(condition.attribute()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Condition condition, @Nullable String value) {
        return switch (condition.test()) {
            case ANY_OF -> value != null && condition.values().contains(value);
            case NONE_OF -> value == null || !condition.values().contains(value);
            case PRESENT -> value != null;
        };
    }
}
