package io.tocsin.engine.timeline;

import io.tocsin.engine.event.ValueKind;
import java.util.List;

/**
 * An event of the ticket, or what else happened to it, and what that changed.
 *
 * @param cause what it was
 * @param attributes those that the event brought, in its order
 * @param effects what it changed; empty if it changed nothing
 */
public record Happening(Cause cause, List<Attribute> attributes, List<Effect> effects) {
    /** Copies the lists. */
    public Happening {
        attributes = List.copyOf(attributes);
        effects = List.copyOf(effects);
    }

    /** An attribute of an event, its value as text. */
    public record Attribute(String name, ValueKind kind, String value) {}
}
