/**
 * Which timers are due: a flat wheel of two levels, exact to the nanosecond and ordered where it matters.
 *
 * <p>Each call does a bounded amount of work, whatever is due: a million timers on one instant are put in order in slices.
 *
 * <p>A timer is an int chosen by the caller (the ticket's slot); schedule and cancel are O(1), without ids, maps or
 * garbage. Used by the core's thread only. The time is always given.
 */
package io.tocsin.engine.timer;
