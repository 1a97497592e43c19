package io.tocsin.engine.timeline;

import io.tocsin.engine.policy.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A condition of the policy that applied, with what held it.
 *
 * @param condition as the policy has it
 * @param value the ticket's value of the attribute then, or null if it had none
 */
public record MatchedCondition(
        Condition condition, @Nullable Object value) {}
