package io.tocsin.app.whatif;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many cycles flip from what to what. Pure functions for any thread. */
final class FlipCounts {
    private FlipCounts() {}

    /** By {@code met_to_breached} and the like, in the order of these names. */
    static Map<String, Long> of(List<Flip> flips) {
        Map<String, Long> counts = new TreeMap<>();
        flips.forEach(flip -> counts.merge(flip.from() + "_to_" + flip.to(), 1L, Long::sum));
        return counts;
    }
}
