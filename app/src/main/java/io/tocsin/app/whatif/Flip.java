package io.tocsin.app.whatif;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cycle that counts otherwise under the new policy than under the old one.
 *
 * @param ticket the ticket's id
 * @param attributes the ticket's attributes in the end
 * @param before under the old policy, or null if that promises nothing here
 * @param after under the new policy, or null if that promises nothing here; not null together with {@code before}
 */
record Flip(
        String ticket,
        Map<String, Object> attributes,
        @Nullable CycleFate before,
        @Nullable CycleFate after) {
    /**
     * The most telling first: promises that would have been broken, then those that would have been kept, then the rest; among
     * them those that are late by the most; then by ticket, clock and cycle.
     */
    static final Comparator<Flip> MOST_TELLING_FIRST = Comparator.comparingInt(Flip::rank)
            .thenComparing(Comparator.comparingLong(Flip::lateNs).reversed())
            .thenComparing(Flip::ticket)
            .thenComparing(flip -> flip.any().clock().clock())
            .thenComparingInt(flip -> flip.any().clock().cycle());

    private static final String NO_PROMISE = "none";

    /** The outcome under the old policy, {@code none} without a promise. */
    String from() {
        return before == null ? NO_PROMISE : before.outcome().text();
    }

    /** The outcome under the new policy, {@code none} without a promise. */
    String to() {
        return after == null ? NO_PROMISE : after.outcome().text();
    }

    /** How late it was where it was late. */
    long lateNs() {
        return Math.max(before == null ? 0 : before.lateNs(), after == null ? 0 : after.lateNs());
    }

    /** One of the two, the old one if there are both: for what they have in common. */
    CycleFate any() {
        if (before != null) {
            return before;
        }
        if (after != null) {
            return after;
        }
        throw new IllegalStateException("a flip of ticket " + ticket + " has neither an old nor a new side");
    }

    private int rank() {
        boolean was = before != null && before.outcome() == Outcome.BREACHED;
        boolean is = after != null && after.outcome() == Outcome.BREACHED;
        if (is && !was) {
            return before == null ? 2 : 0;
        }
        if (was && !is) {
            return after == null ? 3 : 1;
        }
        return 4;
    }
}
