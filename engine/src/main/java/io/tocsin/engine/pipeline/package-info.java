/**
 * The way of an event through the process: ring of events, the core's duty cycle, ring of outcomes, egress.
 *
 * <pre>
 *   offer()  any thread          ring of events, many producers; full = refused
 *      |
 *   CoreAgent  one thread        stamp, journal, fire what is due, apply; answer questions
 *      |
 *   ring of outcomes             alerts; full = the core waits, nothing is dropped
 *      |
 *   EgressAgent  one thread      alert journal, then listeners
 * </pre>
 *
 * The ports to journals and clocks are declared here; their owners are the journal module and the app.
 */
package io.tocsin.engine.pipeline;
