package io.tocsin.app.policyfile;

import io.tocsin.engine.policy.Condition;
import java.util.HashSet;
import java.util.Set;

/**
 * What an attribute may be: some values, or all but some, and whether it may be absent. Immutable.
 *
 * @param values those that are in, or with {@code allBut} those that are not
 * @param allBut whether the values are those that are not in
 * @param absent whether the attribute may be absent
 */
record ValueSet(Set<String> values, boolean allBut, boolean absent) {
    /** Whatever it is, if it is there at all. */
    static final ValueSet ANYTHING = new ValueSet(Set.of(), true, true);

    /** What passes a condition. */
    static ValueSet of(Condition condition) {
        Set<String> values = Set.copyOf(condition.values());
        return switch (condition.test()) {
            case ANY_OF -> new ValueSet(values, false, false);
            case NONE_OF -> new ValueSet(values, true, true);
            case PRESENT -> new ValueSet(Set.of(), true, false);
        };
    }

    /** There are always more values than a file can name. */
    boolean isEmpty() {
        return !allBut && values.isEmpty() && !absent;
    }

    /** Whether anything is in both. Allocates nothing. */
    boolean meets(ValueSet other) {
        if ((absent && other.absent) || (allBut && other.allBut)) {
            return true;
        }
        ValueSet some = allBut ? other : this;
        ValueSet filter = allBut ? this : other;
        for (String value : some.values) {
            if (filter.hasValue(value)) {
                return true;
            }
        }
        return false;
    }

    /** What is in both. */
    ValueSet and(ValueSet other) {
        boolean bothAbsent = absent && other.absent;
        if (allBut && other.allBut) {
            Set<String> out = new HashSet<>(values);
            out.addAll(other.values);
            return new ValueSet(out, true, bothAbsent);
        }
        ValueSet some = allBut ? other : this;
        ValueSet filter = allBut ? this : other;
        Set<String> in = new HashSet<>(some.values);
        in.removeIf(value -> !filter.hasValue(value));
        return new ValueSet(in, false, bothAbsent);
    }

    /** What is in this one and not in the other. */
    ValueSet butNot(ValueSet other) {
        return and(new ValueSet(other.values, !other.allBut, !other.absent));
    }

    private boolean hasValue(String value) {
        return values.contains(value) != allBut;
    }
}
