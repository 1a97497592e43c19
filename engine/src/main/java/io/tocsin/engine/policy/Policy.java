package io.tocsin.engine.policy;

import java.util.List;
import java.util.Map;

/**
 * One rule: whom it matches and what it promises them.
 *
 * @param name unique in its file
 * @param label display names by language tag, such as {@code zh}
 * @param match all conditions must hold; none means everybody
 * @param targets by clock name, at most one a clock
 */
public record Policy(String name, Map<String, String> label, List<Condition> match, Map<String, Target> targets) {
    /** Copies the collections. */
    public Policy {
        label = Map.copyOf(label);
        match = List.copyOf(match);
        targets = Map.copyOf(targets);
    }
}
