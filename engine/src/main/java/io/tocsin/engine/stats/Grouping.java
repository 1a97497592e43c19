package io.tocsin.engine.stats;

import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.view.ClockView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one window, told apart by some attributes. A fact counts if its instant lies in {@code [fromNs, toNs)}. A
 * window may move on: {@link #expire} takes away what it leaves behind. The core's thread. Allocates when a group is seen
 * for the first time.
 */
final class Grouping extends GroupedCoverage<Group> {
    private final Reading reading;
    private final Group.StillWaits stillWaits;
    private final long toNs;
    private long fromNs;
    /** How many facts of the window it holds, beside what is of now. */
    private long datedCount;

    /** Of the second at which the window begins, what is to be taken away next, when a slice ended in it. */
    private int expiring = RecentFacts.BEGIN;

    /**
     * A grouping of nothing yet.
     *
     * @param finishedEnd where the row of the next finished ticket will begin
     */
    Grouping(
            List<String> by,
            long fromNs,
            long toNs,
            Attributes attributes,
            Reading reading,
            FactCollector collector,
            long finishedEnd) {
        super(by, attributes, finishedEnd);
        this.reading = reading;
        this.stillWaits = (group, ticket, sinceNs) ->
                collector.waitsSince(ticket, sinceNs) && find(collector.attributes(ticket)) == group;
        this.fromNs = fromNs;
        this.toNs = toNs;
        if (by.isEmpty()) {
            group(Attributes.EMPTY);
        }
    }

    @Override
    Group newGroup(int[] values) {
        return new Group(values, reading, stillWaits);
    }

    long fromNs() {
        return fromNs;
    }

    @Override
    void addSome(int sign, Group group, Facts facts, int from, int to) {
        for (int i = from; i < to; i++) {
            long atNs = facts.atNs(i);
            if (atNs == Fact.NOW || atNs >= fromNs && atNs < toNs) {
                datedCount += atNs == Fact.NOW ? 0 : sign;
                group.add(sign, facts.what(i), facts.value(i), facts.openedHour(reading), facts.ticket());
            }
        }
    }

    /**
     * Moves the window's beginning on, and takes away what lies before it.
     *
     * @param untilNs a whole second; where the window is to begin
     * @param most how many facts may be taken away in this call
     * @return whether it begins there; figures mean nothing before it does
     */
    boolean expire(RecentFacts recent, long untilNs, int most) {
        int left = most;
        if (isEmpty() && expiring == RecentFacts.BEGIN) {
            fromNs = Math.max(fromNs, untilNs);
        }
        while (fromNs < untilNs) {
            int entry = expiring == RecentFacts.BEGIN ? recent.first(fromNs) : expiring;
            for (; entry != RecentFacts.NONE && left > 0; entry = recent.next(entry), left--) {
                datedCount -= recent.sign(entry);
                group(recent.attributes(entry))
                        .add(
                                -recent.sign(entry),
                                recent.what(entry),
                                recent.value(entry),
                                recent.openedHour(entry),
                                -1);
            }
            if (entry != RecentFacts.NONE) {
                expiring = entry;
                return false;
            }
            expiring = RecentFacts.BEGIN;
            fromNs += RecentFacts.SECOND_NS;
        }
        return true;
    }

    /** Whether no fact of the window is held. */
    boolean isEmpty() {
        return datedCount == 0;
    }

    void forEach(Consumer<Group> visitor) {
        forEachGroup((values, group) -> visitor.accept(group));
    }

    /**
     * Groups that have anything to show, in the order of their keys: absent first, then by text; the one group of no
     * names always. Others are let go of. Allocates.
     */
    List<Shown> shown() {
        removeIf(group -> group.isEmpty() && !by().isEmpty());
        List<Shown> shown = new ArrayList<>();
        forEachGroup((values, group) -> shown.add(new Shown(key(values), group)));
        shown.sort((a, b) -> Arrays.compare(sortKey(a), sortKey(b)));
        return shown;
    }

    private static String[] sortKey(Shown shown) {
        return shown.key.values().stream()
                .map(value -> value == null ? "" : value.toString())
                .toArray(String[]::new);
    }

    /** The window's first instant as readers see it. */
    long shownFromNs() {
        return fromNs == Long.MIN_VALUE ? ClockView.NONE : fromNs;
    }

    /** A group with its key. */
    record Shown(Map<String, @Nullable Object> key, Group group) {}
}
