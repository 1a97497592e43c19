package io.tocsin.app.demo;

import io.tocsin.engine.event.ValueKind;
import java.util.List;

/**
 * One event in a ticket's life.
 *
 * @param atNs when it happens, nanoseconds since the epoch
 * @param type as in the contract
 * @param attributes what it says about the ticket
 */
record Step(long atNs, String type, List<Attribute> attributes) {
    /** One attribute of an event. */
    record Attribute(ValueKind kind, String name, String value) {
        static Attribute text(String name, String value) {
            return new Attribute(ValueKind.STRING, name, value);
        }

        static Attribute number(String name, int value) {
            return new Attribute(ValueKind.NUMBER, name, Integer.toString(value));
        }
    }
}
