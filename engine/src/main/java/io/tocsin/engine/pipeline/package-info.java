/**
 * The way of an event through the process: ring of events, the core's duty cycle, ring of outcomes, egress.
 *
 * <pre>
 *   EventRing  any thread        offered, claimed, awaited; many producers; full = refused
 *      |
 *   CoreAgent  one thread        fire what is due, a slice at a time; stamp, journal, apply; answer
 *      |                         {@link io.tocsin.engine.pipeline.Questions}
 *   ring of outcomes             alerts; full = the core waits, nothing is dropped
 *      |
 *   EgressAgent  one thread      alert journal, then listeners
 *
 *   SyncAgent    one thread      forces journals to the device, in nobody's way
 *   Pipeline     its life        recover, start, close; EngineHealth says whether it takes anything
 *   Recovery     at a start      newest whole snapshot, then the records behind it; KeptAlerts compares
 *   Follower     another process last snapshot and the records behind it, into the next snapshot
 * </pre>
 *
 * The ports to journals, snapshots and clocks are declared here; their owners are the journal module and the app.
 */
package io.tocsin.engine.pipeline;
