package io.tocsin.engine.view;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A clock in the list of what is about to breach.
 *
 * @param ticket the ticket's id
 * @param status the ticket's status on the wire
 * @param policy the name of the policy that applies, or null
 * @param attributes the ticket's attributes
 * @param clock the clock
 */
public record DueView(
        String ticket, String status, @Nullable String policy, Map<String, Object> attributes, ClockView clock) {}
