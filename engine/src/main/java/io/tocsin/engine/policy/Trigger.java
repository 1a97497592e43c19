package io.tocsin.engine.policy;

import java.util.List;

/**
 * An event that moves a clock.
 *
 * @param type the event's type
 * @param when conditions on the event's attributes over the ticket's; empty means always
 */
public record Trigger(String type, List<Condition> when) {
    /** Copies the conditions. */
    public Trigger {
        when = List.copyOf(when);
    }

    /** A trigger without conditions. */
    public static Trigger on(String type) {
        return new Trigger(type, List.of());
    }
}
