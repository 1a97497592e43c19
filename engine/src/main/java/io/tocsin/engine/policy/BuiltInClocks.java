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

    private BuiltInClocks() {}

    /** All of them, in the clocks' order. */
    public static List<ClockDefinition> all() {
        return List.of(FIRST_RESPONSE, RESOLUTION);
    }

    private static List<Trigger> on(String... types) {
        List<Trigger> triggers = new ArrayList<>(types.length);
        for (String type : types) {
            triggers.add(Trigger.on(type));
        }
        return triggers;
    }
}
