/**
 * JSON in and out: events into records, alerts and views into text.
 *
 * <p>In: an {@link io.tocsin.http.json.EventSource} walks over a body or a file and turns one JSON object after the
 * other into an {@link io.tocsin.engine.event.EventRecord}; everything the contract demands of an event is checked
 * here, once, before the journal. Out: one class per value writes it with Jackson's streaming generator. Nothing here
 * keeps state between events, asks for the time or knows of HTTP, so that a replay of files reads and writes exactly
 * what the server does. No data binding: the shapes are few and fixed, and the code is their description.
 */
package io.tocsin.http.json;
