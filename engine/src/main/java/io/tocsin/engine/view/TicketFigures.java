package io.tocsin.engine.view;

/**
 * The ticket figures of a group: how tickets flowed. Over everything since the journal began,
 * {@code open = opened + reopened - resolved - abandoned} holds.
 *
 * @param opened tickets opened
 * @param resolved how often a ticket left the open and pending ones as resolved or closed
 * @param reopened how often a finished ticket became open or pending again
 * @param abandoned how often a caller hung up
 * @param open tickets open or pending now
 * @param transferred how often a ticket was handed over
 * @param complained tickets that were complained about, each at its first complaint
 * @param longestWaitingNs for how long the open ticket has waited that has waited longest for its first response, or
 *     {@link ClockView#NONE} when none waits
 */
public record TicketFigures(
        long opened,
        long resolved,
        long reopened,
        long abandoned,
        long open,
        long transferred,
        long complained,
        long longestWaitingNs) {}
