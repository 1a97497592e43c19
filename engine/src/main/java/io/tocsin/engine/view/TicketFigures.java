package io.tocsin.engine.view;

/**
 * The ticket figures of a group: how tickets flowed. {@code open = opened + reopened - resolved - abandoned} holds.
 *
 * @param opened tickets opened
 * @param resolved how often a ticket left the open and pending ones as resolved or closed
 * @param reopened how often a finished ticket became open or pending again
 * @param abandoned how often a caller hung up
 * @param open tickets open or pending now
 */
public record TicketFigures(long opened, long resolved, long reopened, long abandoned, long open) {}
