/**
 * Policies made ready for the core: names as numbers, calendars compiled, events as actions on clocks.
 *
 * <p>A {@link io.tocsin.engine.rules.Rulebook} is made of one policy file and never changes; a
 * {@link io.tocsin.engine.rules.Registry} gives the numbers that outlive it. Made and read by the core's thread only;
 * looking something up allocates nothing.
 */
package io.tocsin.engine.rules;
