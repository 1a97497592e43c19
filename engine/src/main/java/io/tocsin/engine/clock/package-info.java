/**
 * The clocks of all tickets: their cycles, what was left out of them, what was announced of them, and the arithmetic of
 * due instants.
 *
 * <p>A cycle keeps facts (start, pauses, stop) and never a running sum, so that it can be measured again from its own
 * start whenever a fact, a target or a calendar changes. Written and read by the core's thread only; in steady state
 * nothing is allocated.
 */
package io.tocsin.engine.clock;
