package io.tocsin.engine.policy;

import io.tocsin.engine.policy.ClockDefinition.Reopen;
import java.util.ArrayList;
import java.util.List;

/** The clocks every policy file has without defining them, in their order. */
public final class BuiltInClocks {
    /** Time to the first answer. */
    public static final ClockDefinition FIRST_RESPONSE = new ClockDefinition(
            "first_response",
            on("opened"),
            on("responded", "resolved", "closed"),
            on(),
            on(),
            on(),
            on("cancelled", "abandoned"),
            false,
            Reopen.IGNORE,
            List.of());

    /** Time to the next answer, from the oldest reply of the customer that has none. */
    public static final ClockDefinition NEXT_RESPONSE = new ClockDefinition(
            "next_response",
            on("customer_replied"),
            on("responded", "resolved", "closed"),
            on(),
            on(),
            on(),
            on("cancelled", "abandoned"),
            true,
            Reopen.IGNORE,
            List.of("first_response"));

    /** Time from one sign of life to the next, until the solution. */
    public static final ClockDefinition PERIODIC_UPDATE = new ClockDefinition(
            "periodic_update",
            on("opened"),
            on("resolved", "closed"),
            on(),
            on(),
            on("responded"),
            on("cancelled", "abandoned"),
            true,
            Reopen.IGNORE,
            List.of());

    /** Time to the solution. */
    public static final ClockDefinition RESOLUTION = new ClockDefinition(
            "resolution",
            on("opened"),
            on("resolved", "closed"),
            on("pending"),
            on("resumed", "customer_replied"),
            on(),
            on("cancelled", "abandoned"),
            false,
            Reopen.CONTINUE,
            List.of());

    /** Time until a team takes on what was handed over to it. */
    public static final ClockDefinition ACCEPTANCE = new ClockDefinition(
            "acceptance",
            on("transferred"),
            on("accepted", "assigned", "responded", "resolved", "closed"),
            on(),
            on(),
            on("transferred"),
            on("cancelled", "abandoned"),
            true,
            Reopen.IGNORE,
            List.of());

    /** Time to the solution, from the last hand-over: what one team promises another. */
    public static final ClockDefinition HANDOVER_RESOLUTION = new ClockDefinition(
            "handover_resolution",
            on("transferred"),
            on("resolved", "closed"),
            on("pending"),
            on("resumed", "customer_replied"),
            on("transferred"),
            on("cancelled", "abandoned"),
            true,
            Reopen.IGNORE,
            List.of());

    /** Time until the service record is entered. */
    public static final ClockDefinition WRAP_UP = new ClockDefinition(
            "wrap_up",
            on("resolved", "abandoned"),
            on("recorded"),
            on(),
            on(),
            on(),
            on("reopened", "cancelled"),
            true,
            Reopen.IGNORE,
            List.of());

    /** Time until the customer is called back after the solution. */
    public static final ClockDefinition FOLLOW_UP = new ClockDefinition(
            "follow_up",
            on("resolved"),
            on("followed_up"),
            on(),
            on(),
            on(),
            on("reopened", "cancelled"),
            true,
            Reopen.IGNORE,
            List.of());

    private BuiltInClocks() {}

    /** All of them, in the clocks' order. */
    public static List<ClockDefinition> all() {
        return List.of(
                FIRST_RESPONSE,
                NEXT_RESPONSE,
                PERIODIC_UPDATE,
                RESOLUTION,
                ACCEPTANCE,
                HANDOVER_RESOLUTION,
                WRAP_UP,
                FOLLOW_UP);
    }

    private static List<Trigger> on(String... types) {
        List<Trigger> triggers = new ArrayList<>(types.length);
        for (String type : types) {
            triggers.add(Trigger.on(type));
        }
        return triggers;
    }
}
