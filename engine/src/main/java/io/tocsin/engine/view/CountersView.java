package io.tocsin.engine.view;

/**
 * What came in and what went out, since the journal began.
 *
 * @param events events applied, duplicates and orphans among them
 * @param duplicates events with an id already seen for their ticket
 * @param orphaned events for tickets that were never opened, or are forgotten
 * @param droppedAttributes attributes that found no room on a ticket that had 1,024
 * @param tickets tickets ever opened
 * @param openTickets tickets in memory
 * @param armedTimers timers armed now
 * @param warnings alerts given, by kind
 * @param breaches alerts given, by kind
 * @param escalations alerts given, by kind
 * @param revoked alerts given, by kind
 * @param objectives alerts given, by kind
 */
public record CountersView(
        long events,
        long duplicates,
        long orphaned,
        long droppedAttributes,
        long tickets,
        long openTickets,
        long armedTimers,
        long warnings,
        long breaches,
        long escalations,
        long revoked,
        long objectives) {}
