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
 *
 *   SyncAgent    one thread      forces journals to the device, in nobody's way
 *   Recovery     at a start      newest whole snapshot, then the records behind it; KeptAlerts compares
 *   Follower     another process last snapshot and the records behind it, into the next snapshot
 * </pre>
 *
 * The ports to journals, snapshots and clocks are declared here; their owners are the journal module and the app.
 */
package io.tocsin.engine.pipeline;
