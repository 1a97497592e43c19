package io.tocsin.app.policyfile;

import io.tocsin.engine.policy.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tickets that meet some conditions: for each attribute that is asked for what it may be; any other attribute may be
 * anything. Immutable.
 *
 * @param allowed by attribute; none of the sets is empty
 */
record MatchRegion(Map<String, ValueSet> allowed) {
    /** The tickets that meet conditions; no two conditions are about the same attribute, as a file's map has it. */
    static MatchRegion of(List<Condition> conditions) {
        Map<String, ValueSet> allowed = new LinkedHashMap<>();
        conditions.forEach(condition -> allowed.put(condition.attribute(), ValueSet.of(condition)));
        return new MatchRegion(allowed);
    }

    /** Whether there are tickets in both. */
    boolean meets(MatchRegion other) {
        for (Map.Entry<String, ValueSet> theirs : other.allowed.entrySet()) {
            if (!allowed(theirs.getKey()).meets(theirs.getValue())) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is left when the tickets of a region that this one {@link #meets} are taken out, in pieces that have no ticket in common:
     *
     * <pre>
     *   +-----------+       +-----+-----+
     *   |     +-----+---+   |     |  2  |
     *   |     |     |   |   |  1  +-----+
     *   |     +-----+---+   |     |  3  |
     *   +-----------+       +-----+-----+
     * </pre>
     */
    List<MatchRegion> butNot(MatchRegion other) {
        List<MatchRegion> pieces = new ArrayList<>();
        MatchRegion rest = this;
        for (Map.Entry<String, ValueSet> taken : other.allowed.entrySet()) {
            ValueSet mine = rest.allowed(taken.getKey());
            ValueSet outside = mine.butNot(taken.getValue());
            if (!outside.isEmpty()) {
                pieces.add(rest.with(taken.getKey(), outside));
            }
            rest = rest.with(taken.getKey(), mine.and(taken.getValue()));
        }
        return pieces;
    }

    private ValueSet allowed(String attribute) {
        return allowed.getOrDefault(attribute, ValueSet.ANYTHING);
    }

    private MatchRegion with(String attribute, ValueSet values) {
        Map<String, ValueSet> changed = new LinkedHashMap<>(allowed);
        changed.put(attribute, values);
        return new MatchRegion(changed);
    }

    /** How many names and values there are to look at. */
    long size() {
        return allowed.values().stream()
                .mapToLong(values -> 1L + values.values().size())
                .sum();
    }
}
