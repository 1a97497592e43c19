package io.tocsin.app.report;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report needs to know of a single ticket.
 *
 * @param id its id
 * @param openedNs when it was opened
 * @param agent who has it, or had it last
 * @param scores its quality scores in the order of {@link Reviews#SCORES}, null for those that were not given
 */
record PastTicket(String id, long openedNs, @Nullable String agent, List<@Nullable BigDecimal> scores) {
    /** The attribute that names who has a ticket. */
    static final String AGENT = "agent";
}
