package io.tocsin.engine.rules;

import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.ticket.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Conditions with names and values as numbers: all of them must hold. A value stands for its text, whatever its JSON
 * type, so that each text has three numbers. Immutable; testing allocates nothing.
 */
final class CompiledMatch {
    private static final ValueKind[] TEXT_KINDS = {ValueKind.STRING, ValueKind.NUMBER, ValueKind.BOOLEAN};

    private final Condition.Test[] tests;
    private final int[] names;
    private final int[][] values;

    CompiledMatch(List<Condition> conditions, Attributes attributes) {
        int count = conditions.size();
        tests = new Condition.Test[count];
        names = new int[count];
        values = new int[count][];
        for (int i = 0; i < count; i++) {
            Condition condition = conditions.get(i);
            tests[i] = condition.test();
            names[i] = attributes.nameForGood(utf8(condition.attribute()));
            values[i] = numbers(condition.values(), attributes);
        }
    }

    boolean matches(Attributes attributes, int ref) {
        for (int i = 0; i < tests.length; i++) {
            int value = attributes.value(ref, names[i]);
            boolean holds = switch (tests[i]) {
                case ANY_OF -> contains(values[i], value);
                case NONE_OF -> !contains(values[i], value);
                case PRESENT -> value != Attributes.ABSENT;
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(int[] numbers, int value) {
        for (int number : numbers) {
            if (number == value) {
                return true;
            }
        }
        return false;
    }

    private static int[] numbers(List<String> texts, Attributes attributes) {
        int[] numbers = new int[texts.size() * TEXT_KINDS.length];
        int count = 0;
        for (String text : texts) {
            for (ValueKind kind : TEXT_KINDS) {
                numbers[count++] = attributes.valueForGood(kind, utf8(text));
            }
        }
        return numbers;
    }

    private static DirectBuffer utf8(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
