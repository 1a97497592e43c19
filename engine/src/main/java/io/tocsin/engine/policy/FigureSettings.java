package io.tocsin.engine.policy;

import org.jspecify.annotations.Nullable;

/**
 * What the figures are computed with: the policy file's {@code figures}.
 *
 * @param customer the attribute that names a ticket's customer, or null: then only a ticket itself tells of a second contact
 * @param repeatWithinNs so long after a resolution a contact of the same customer is a second contact
 * @param satisfiedThousandths a {@code csat} from which on a customer is satisfied, in thousandths
 * @param response the clock that measures how long a customer waits for the first response
 * @param waitingThresholdNs a wait longer than this is a long one
 * @param serviceLevel how the service level is computed
 */
public record FigureSettings(
        @Nullable String customer,
        long repeatWithinNs,
        int satisfiedThousandths,
        String response,
        long waitingThresholdNs,
        ServiceLevel serviceLevel) {
    private static final long SECOND_NS = 1_000_000_000L;

    /** What a file without {@code figures} means. */
    public static final FigureSettings DEFAULT = new FigureSettings(
            null,
            7 * 24 * 3_600 * SECOND_NS,
            4_000,
            "first_response",
            30 * SECOND_NS,
            new ServiceLevel("first_response", ServiceLevelFormula.OFFERED, 20 * SECOND_NS, 5 * SECOND_NS));

    /**
     * How the service level is computed.
     *
     * @param clock the clock that measures the wait
     * @param formula what is divided by what
     * @param withinNs a contact that waited at most so long was answered in time
     * @param shortAbandonNs a caller who waited less than this has given up soon
     */
    public record ServiceLevel(String clock, ServiceLevelFormula formula, long withinNs, long shortAbandonNs) {}
}
