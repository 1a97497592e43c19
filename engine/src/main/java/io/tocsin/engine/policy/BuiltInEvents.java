package io.tocsin.engine.policy;

import java.util.List;

/** The event types that the contract names; clocks may name any other too. */
public final class BuiltInEvents {
    /** All of them, in the order of a ticket's life. */
    public static final List<String> TYPES = List.of(
            "opened",
            "assigned",
            "accepted",
            "responded",
            "customer_replied",
            "pending",
            "resumed",
            "updated",
            "transferred",
            "resolved",
            "reopened",
            "closed",
            "cancelled",
            "abandoned",
            "recorded",
            "followed_up",
            "rated",
            "complained",
            "acknowledged");

    private BuiltInEvents() {}
}
