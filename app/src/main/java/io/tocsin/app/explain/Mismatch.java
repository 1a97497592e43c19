package io.tocsin.app.explain;

import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Policy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a policy does not match a ticket.
 *
 * @param policy the policy's name
 * @param failed the first of its conditions that does not hold
 * @param value the ticket's value of the attribute, or null if it has none
 */
record Mismatch(String policy, Condition failed, @Nullable String value) {
    /**
     * The mismatch of a policy that the engine passed over.
     *
     * @throws IllegalStateException if every condition holds all the same
     */
    static Mismatch of(Policy policy, Map<String, String> attributes) {
        for (Condition condition : policy.match()) {
            String value = attributes.get(condition.attribute());
            if (!holds(condition, value)) {
                return new Mismatch(policy.name(), condition, value);
            }
        }
        throw new IllegalStateException("the engine passed over the policy " + policy.name() + ", which matches "
                + attributes + " by every condition of " + policy.match());
    }

    private static boolean holds(Condition condition, @Nullable String value) {
        return switch (condition.test()) {
            case ANY_OF -> value != null && condition.values().contains(value);
            case NONE_OF -> value == null || !condition.values().contains(value);
            case PRESENT -> value != null;
        };
    }
}
