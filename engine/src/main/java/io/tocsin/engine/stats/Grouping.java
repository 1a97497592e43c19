package io.tocsin.engine.stats;

import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.view.ClockView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one window, told apart by some attributes. A fact counts if its instant lies in {@code [fromNs, toNs)}. A
 * window may move on: {@link #expire} takes away what it leaves behind. The core's thread. Allocates when a group is seen
 * for the first time.
 */
final class Grouping extends Coverage {
    private final Attributes attributes;
    private final Reading reading;
    private final Group.StillWaits stillWaits;
    private final List<String> by;
    private final int[] names;
    private final Map<Key, Group> groups = new HashMap<>();
    private final Key probe;
    private final long toNs;
    private long fromNs;
    /** How many facts of the window it holds, beside what is of now. */
    private long datedCount;

    /** Of the second at which the window begins, what is to be taken away next, when a slice ended in it. */
    private int expiring = RecentFacts.BEGIN;

    /** Where the ticket that is changing was until now. */
    @Nullable
    private Group left;

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
            TicketFacts ticketFacts,
            long finishedEnd) {
        super(finishedEnd);
        this.attributes = attributes;
        this.reading = reading;
        this.stillWaits = (group, ticket, sinceNs) ->
                ticketFacts.waitsSince(ticket, sinceNs) && groups.get(probed(ticketFacts.attributes(ticket))) == group;
        this.by = List.copyOf(by);
        this.fromNs = fromNs;
        this.toNs = toNs;
        names = new int[by.size()];
        for (int i = 0; i < names.length; i++) {
            DirectBuffer name = new UnsafeBuffer(by.get(i).getBytes(StandardCharsets.UTF_8));
            names[i] = attributes.nameForGood(name);
        }
        probe = new Key(new int[names.length]);
        if (by.isEmpty()) {
            group(Attributes.EMPTY);
        }
    }

    List<String> by() {
        return by;
    }

    long fromNs() {
        return fromNs;
    }

    @Override
    void leave(int attributesRef) {
        left = group(attributesRef);
    }

    @Override
    void enter(int attributesRef, Facts before, Facts after, int samePrefix, int sameSuffix) {
        Group entered = group(attributesRef);
        if (entered == left) {
            addSome(-1, entered, before, samePrefix, before.count() - sameSuffix);
            addSome(1, entered, after, samePrefix, after.count() - sameSuffix);
        } else {
            if (left != null) {
                addAll(-1, left, before);
            }
            addAll(1, entered, after);
        }
        left = null;
    }

    @Override
    void add(int attributesRef, Facts facts) {
        addAll(1, group(attributesRef), facts);
    }

    private void addAll(int sign, Group group, Facts facts) {
        addSome(sign, group, facts, 0, facts.count());
    }

    private void addSome(int sign, Group group, Facts facts, int from, int to) {
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
        groups.values().forEach(visitor);
    }

    /** The group that a block of attributes belongs to. */
    private Group group(int attributesRef) {
        Group group = groups.get(probed(attributesRef));
        if (group == null) {
            int[] values = probe.values.clone();
            group = new Group(values, reading, stillWaits);
            for (int value : values) {
                if (value != Attributes.ABSENT) {
                    attributes.holdValue(value);
                }
            }
            groups.put(new Key(values), group);
        }
        return group;
    }

    private Key probed(int attributesRef) {
        for (int i = 0; i < names.length; i++) {
            probe.values[i] = attributes.value(attributesRef, names[i]);
        }
        return probe;
    }

    /**
     * Groups that have anything to show, in the order of their keys: absent first, then by text; the one group of no
     * names always. Others are let go of. Allocates.
     */
    List<Shown> shown() {
        List<Shown> shown = new ArrayList<>();
        groups.values().removeIf(group -> {
            boolean goes = group.isEmpty() && names.length > 0;
            if (goes) {
                release(group);
            } else {
                shown.add(new Shown(key(group), group));
            }
            return goes;
        });
        shown.sort((a, b) -> Arrays.compare(sortKey(a), sortKey(b)));
        return shown;
    }

    @Override
    void close() {
        groups.values().forEach(this::release);
        groups.clear();
    }

    private void release(Group group) {
        for (int value : group.values()) {
            if (value != Attributes.ABSENT) {
                attributes.releaseValue(value);
            }
        }
    }

    private Map<String, @Nullable Object> key(Group group) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            named.put(by.get(i), attributes.view(group.values()[i]));
        }
        return named;
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

    private static final class Key {
        private final int[] values;

        Key(int[] values) {
            this.values = values;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(values, key.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}
