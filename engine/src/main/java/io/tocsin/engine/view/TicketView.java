package io.tocsin.engine.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One ticket with its clocks.
 *
 * @param number the first-seen order, from 1
 * @param ticket its id
 * @param status its status on the wire
 * @param policy the name of the policy that applies, or null
 * @param attributes in the order in which they were first seen
 * @param clocks all cycles that have a target, in the clocks' order, then by cycle
 */
public record TicketView(
        long number,
        String ticket,
        String status,
        @Nullable String policy,
        Map<String, Object> attributes,
        List<ClockView> clocks) {}
