package io.tocsin.app.report;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which attributes tell tickets apart into groups worth looking at: those with at least two values, absent counted as one, and
 * not so many that each names a ticket. Ratings and scores say how a ticket went, not what it was; they are left out.
 */
final class TicketAttributes {
    /** An attribute with more values is taken for a name. */
    private static final int MOST_VALUES = 500;

    private static final Set<String> RATINGS = Set.of("csat", "nps");
    private static final String SCORE_PREFIX = "qa_";

    private final TreeMap<String, Values> values = new TreeMap<>();
    private int ticketCount;

    private static final class Values {
        private final Set<Object> different = new HashSet<>();
        private int count;
    }

    void add(Map<String, Object> attributes) {
        ticketCount++;
        attributes.forEach((name, value) -> {
            Values seen = values.computeIfAbsent(name, any -> new Values());
            seen.count++;
            if (seen.different.size() <= MOST_VALUES) {
                seen.different.add(value);
            }
        });
    }

    /** Their names, in order. */
    List<String> telling() {
        return values.entrySet().stream()
                .filter(each -> isTelling(each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isTelling(String name, Values seen) {
        int different = seen.different.size() + (seen.count < ticketCount ? 1 : 0);
        return different >= 2
                && seen.different.size() <= MOST_VALUES
                && !RATINGS.contains(name)
                && !name.startsWith(SCORE_PREFIX);
    }
}
