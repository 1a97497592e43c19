package io.tocsin.engine.view;

import java.util.List;

/**
 * One ticket with everything its clocks are measured by. Immutable; any thread.
 *
 * @param ticket the ticket, with the clocks that have a target
 * @param cycles all its cycles, in the clocks' order, then by cycle
 */
public record TicketFacts(TicketView ticket, List<CycleFacts> cycles) {
    /** Copies the cycles. */
    public TicketFacts {
        cycles = List.copyOf(cycles);
    }

    /** When the first of its cycles started, or {@link Long#MAX_VALUE} when it has none. */
    public long firstStartNs() {
        return cycles.stream()
                .mapToLong(cycle -> cycle.clock().startedNs())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether another engine knows the same of the same ticket, however many tickets it has seen before. */
    public boolean isSameAs(TicketFacts other) {
        return cycles.equals(other.cycles)
                && ticket.status().equals(other.ticket.status())
                && ticket.attributes().equals(other.ticket.attributes());
    }
}
