package io.tocsin.engine.stats;

import io.tocsin.engine.ticket.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Figures told apart by some attributes. While it is being made, it holds the tickets of the slots below
 * {@link #coveredSlots}; those are kept current from then on, the others come when their turn comes. The core's thread.
 * Allocates when a group is seen for the first time.
 */
final class Grouping {
    private final Attributes attributes;
    private final List<String> by;
    private final int[] names;
    private final Map<Key, Cell> cells = new HashMap<>();
    private final Key probe;

    private final long finishedEnd;
    private long finishedCovered;
    private int coveredSlots;
    private boolean complete;

    Grouping(List<String> by, Attributes attributes, long finishedEnd) {
        this.attributes = attributes;
        this.by = List.copyOf(by);
        this.finishedEnd = finishedEnd;
        names = new int[by.size()];
        for (int i = 0; i < names.length; i++) {
            DirectBuffer name = new UnsafeBuffer(by.get(i).getBytes(StandardCharsets.UTF_8));
            names[i] = attributes.nameForGood(name);
        }
        probe = new Key(new int[names.length]);
    }

    List<String> by() {
        return by;
    }

    boolean isComplete() {
        return complete;
    }

    boolean covers(int slot) {
        return complete || slot < coveredSlots;
    }

    /** Goes over so many more tickets and finished ones; complete when there is nothing left. */
    void cover(int most, int slotCount, FinishedTickets finished, SlotVisitor visitor) {
        int left = most;
        while (left > 0 && finishedCovered < finishedEnd) {
            finishedCovered = finished.addTo(this, finishedCovered);
            left--;
        }
        while (left > 0 && coveredSlots < slotCount) {
            visitor.visit(coveredSlots);
            coveredSlots++;
            left--;
        }
        complete = finishedCovered == finishedEnd && coveredSlots >= slotCount;
    }

    /** The cell of the group that a block of attributes belongs to. */
    Cell cell(int attributesRef) {
        for (int i = 0; i < names.length; i++) {
            probe.values[i] = attributes.value(attributesRef, names[i]);
        }
        Cell cell = cells.get(probe);
        if (cell == null) {
            cell = new Cell();
            Key key = new Key(probe.values.clone());
            for (int value : key.values) {
                if (value != Attributes.ABSENT) {
                    attributes.holdValue(value);
                }
            }
            cells.put(key, cell);
        }
        return cell;
    }

    /** Groups that have tickets, in the order of their keys: absent first, then by text. Allocates. */
    List<Group> groups() {
        return cells.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Group(key(entry.getKey()), entry.getValue()))
                .sorted((a, b) -> Arrays.compare(sortKey(a), sortKey(b)))
                .toList();
    }

    /** Lets go of the texts it holds. */
    void close() {
        for (Key key : cells.keySet()) {
            for (int value : key.values) {
                if (value != Attributes.ABSENT) {
                    attributes.releaseValue(value);
                }
            }
        }
        cells.clear();
    }

    private Map<String, Object> key(Key key) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            named.put(by.get(i), attributes.view(key.values[i]));
        }
        return named;
    }

    private static String[] sortKey(Group group) {
        return group.key.values().stream()
                .map(value -> value == null ? "" : value.toString())
                .toArray(String[]::new);
    }

    /** A group: its key and its figures. */
    record Group(Map<String, Object> key, Cell cell) {}

    /** Is shown every slot that is to be covered, whether it holds a ticket or not. */
    @FunctionalInterface
    interface SlotVisitor {
        void visit(int slot);
    }

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
