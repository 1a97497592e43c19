package io.tocsin.engine.view;

import java.util.List;
import java.util.Optional;

/**
 * What a running engine knows of a ticket at one moment, for whoever reads up in the journal how that came about.
 *
 * @param facts the ticket; empty when it is not known, or forgotten
 * @param policies the texts of all policies that came into force since the journal began, the last one in force
 * @param position how many records of the journal that engine had applied: those before this position
 * @param asOfNs the engine time
 */
public record TicketOrigin(Optional<TicketFacts> facts, List<String> policies, long position, long asOfNs) {
    /** Copies the policies. */
    public TicketOrigin {
        policies = List.copyOf(policies);
    }
}
