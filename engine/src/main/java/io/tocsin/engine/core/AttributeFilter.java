package io.tocsin.engine.core;

import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.ticket.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells tickets whose attributes have certain values from others, by the numbers of names and values. Nothing holds these
 * numbers, so they are looked up again with {@link #renew} whenever events may have been applied meanwhile. The core's
 * thread.
 */
final class AttributeFilter {
    private static final List<ValueKind> KINDS = List.of(ValueKind.STRING, ValueKind.NUMBER, ValueKind.BOOLEAN);

    private final Attributes attributes;
    private final DirectBuffer[] nameTexts;
    private final DirectBuffer[] valueTexts;
    private final int[] names;
    /** The value of each name, once a kind. */
    private final int[] values;

    AttributeFilter(Attributes attributes, Map<String, String> where) {
        this.attributes = attributes;
        nameTexts = where.keySet().stream().map(AttributeFilter::utf8).toArray(DirectBuffer[]::new);
        valueTexts = where.values().stream().map(AttributeFilter::utf8).toArray(DirectBuffer[]::new);
        names = new int[nameTexts.length];
        values = new int[nameTexts.length * KINDS.size()];
    }

    /** Looks the numbers up; what nobody has is nobody's. */
    void renew() {
        for (int i = 0; i < names.length; i++) {
            names[i] = attributes.findName(nameTexts[i], 0, nameTexts[i].capacity());
            for (int kind = 0; kind < KINDS.size(); kind++) {
                values[i * KINDS.size() + kind] = attributes.findValue(KINDS.get(kind), valueTexts[i]);
            }
        }
    }

    /** Whether a block of attributes has all the values. */
    boolean accepts(int attributesRef) {
        for (int i = 0; i < names.length; i++) {
            if (!isWanted(i, attributes.value(attributesRef, names[i]))) {
                return false;
            }
        }
        return true;
    }

    private boolean isWanted(int i, int value) {
        for (int kind = 0; kind < KINDS.size(); kind++) {
            if (value != Attributes.ABSENT && value == values[i * KINDS.size() + kind]) {
                return true;
            }
        }
        return false;
    }

    private static DirectBuffer utf8(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
