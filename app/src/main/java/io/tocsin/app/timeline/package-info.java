/**
 * {@code tocsin explain} and {@code GET /v1/tickets/{id}/timeline}: why a promise to one ticket was kept or broken.
 *
 * <p>{@link io.tocsin.app.timeline.JournalTimelines} picks the ticket's records out of a data folder and lets a
 * {@link io.tocsin.engine.timeline.TimelineRun} tell what they did; {@link io.tocsin.app.timeline.KeptDetections} adds when
 * alerts were found live. {@link io.tocsin.app.timeline.TimelineText} shows it to people. What a policy file promises to a
 * ticket that does not exist is another question, that of {@code tocsin policy explain}.
 */
package io.tocsin.app.timeline;
