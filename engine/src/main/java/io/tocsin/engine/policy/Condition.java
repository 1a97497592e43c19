package io.tocsin.engine.policy;

import java.util.List;

/**
 * A test of one attribute. Values are compared as text, so that {@code 5} and {@code "5"} are equal.
 *
 * @param attribute the attribute's name
 * @param test what is asked of it
 * @param values what it is compared with; empty for {@link Test#PRESENT}
 */
public record Condition(String attribute, Test test, List<String> values) {
    /** What a condition asks. */
    public enum Test {
        /** The attribute is there and is one of the values. */
        ANY_OF,
        /** The attribute is absent or none of the values. */
        NONE_OF,
        /** The attribute is there, whatever it is. */
        PRESENT
    }

    /** Copies the values. */
    public Condition {
        values = List.copyOf(values);
    }
}
