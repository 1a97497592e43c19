/**
 * How one ticket came to stand where it stands: what happened to it, what each event did to its clocks, and which stretch of
 * time counted.
 *
 * <pre>
 *   TicketRecords   what a journal or a file says of one ticket, and the policies; all else is passed over by its kind
 *   TimelineRun     an engine with nothing but these, asked before and after each record
 *     CycleStory    what became of one cycle: causes, thresholds, earlier verdicts
 *     Effects       what one record changed, in words
 *   Segments        the facts of a cycle as stretches that add up to its elapsed time
 *   Timeline        what came of it
 * </pre>
 *
 * <p>Tickets are independent of each other in the core, so that an engine that is told of one only gives its clocks exactly.
 * Where a running engine is asked too, its facts are shown and the records only explain them. One thread at a time; off
 * every hot path.
 */
package io.tocsin.engine.timeline;
