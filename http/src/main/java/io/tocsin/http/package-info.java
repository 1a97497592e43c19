/**
 * The product over HTTP: events in, tickets, figures and alerts out, and the wallboard's files.
 *
 * <pre>
 *   POST /v1/events          body -> EventSource -> EventBatch -> EventIntake -> EventGate     Jetty's threads
 *   GET  /v1/tickets, stats  PreparedAnswers -> EngineReads                                    Jetty's threads
 *   GET  /metrics            PreparedAnswers -> EngineReads -> metrics.Metrics                 Jetty's threads
 *   GET  /v1/alerts/stream   AlertStreams: AlertJournal -> one thread a client                 daemon threads
 *   GET  /v1/wallboard/stream  Wallboard: EngineReads, AlertJournal -> frames for all boards   one daemon thread
 * </pre>
 *
 * {@link io.tocsin.http.TocsinServer} is the way in; one class a resource, routes in one list, errors all alike ({@link
 * io.tocsin.http.Problem}, RFC 9457). This room knows the engine by its ports only, keeps no state of tickets and never
 * makes the core wait: questions are futures, the ring refuses, streams read the journal at their client's speed. Plain
 * Java that allocates as it likes; what must not allocate lies behind the gate.
 */
package io.tocsin.http;
