package io.tocsin.engine.stats;

import io.tocsin.engine.ticket.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A coverage that tells tickets apart by some attributes: the facts of a ticket lie in the group of the attributes it has
 * now, and move with it. The core's thread. Allocates when a group is seen for the first time.
 *
 * @param <G> what is kept of one group
 */
abstract class GroupedCoverage<G> extends Coverage {
    private final Attributes attributes;
    private final List<String> by;
    private final int[] names;
    private final Map<Key, G> groups = new HashMap<>();
    private final Key probe;

    /** Where the ticket that is changing was until now. */
    @Nullable
    private G left;

    /**
     * No groups yet.
     *
     * @param finishedEnd where the row of the next finished ticket will begin
     */
    GroupedCoverage(List<String> by, Attributes attributes, long finishedEnd) {
        super(finishedEnd);
        this.attributes = attributes;
        this.by = List.copyOf(by);
        names = new int[by.size()];
        for (int i = 0; i < names.length; i++) {
            DirectBuffer name = new UnsafeBuffer(by.get(i).getBytes(StandardCharsets.UTF_8));
            names[i] = attributes.nameForGood(name);
        }
        probe = new Key(new int[names.length]);
    }

    /** A group of nothing yet, by the numbers of its key's values in the order of the names. */
    abstract G newGroup(int[] values);

    /** Adds some of a ticket's facts to a group, or takes them away. */
    abstract void addSome(int sign, G group, Facts facts, int from, int to);

    final List<String> by() {
        return by;
    }

    @Override
    final void leave(int attributesRef) {
        left = group(attributesRef);
    }

    @Override
    final void enter(int attributesRef, Facts before, Facts after, int samePrefix, int sameSuffix) {
        G entered = group(attributesRef);
        if (entered == left) {
            addSome(-1, entered, before, samePrefix, before.count() - sameSuffix);
            addSome(1, entered, after, samePrefix, after.count() - sameSuffix);
        } else {
            if (left != null) {
                addSome(-1, left, before, 0, before.count());
            }
            addSome(1, entered, after, 0, after.count());
        }
        left = null;
    }

    @Override
    final void add(int attributesRef, Facts facts) {
        addSome(1, group(attributesRef), facts, 0, facts.count());
    }

    /** The group that a block of attributes belongs to. */
    final G group(int attributesRef) {
        G group = find(attributesRef);
        if (group == null) {
            int[] values = probe.values.clone();
            group = newGroup(values);
            for (int value : values) {
                if (value != Attributes.ABSENT) {
                    attributes.holdValue(value);
                }
            }
            groups.put(new Key(values), group);
        }
        return group;
    }

    /** The group that a block of attributes belongs to, or null when there is none yet. */
    @Nullable
    final G find(int attributesRef) {
        for (int i = 0; i < names.length; i++) {
            probe.values[i] = attributes.value(attributesRef, names[i]);
        }
        return groups.get(probe);
    }

    /** Shows each group with the numbers of its key's values, which are not to be changed. */
    final void forEachGroup(BiConsumer<int[], G> visitor) {
        groups.forEach((key, group) -> visitor.accept(key.values, group));
    }

    /** Lets go of groups. */
    final void removeIf(Predicate<G> condition) {
        for (Iterator<Map.Entry<Key, G>> each = groups.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Key, G> entry = each.next();
            if (condition.test(entry.getValue())) {
                release(entry.getKey().values);
                each.remove();
            }
        }
    }

    /** A group's key as readers see it. Allocates. */
    final Map<String, @Nullable Object> key(int[] values) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            named.put(by.get(i), attributes.view(values[i]));
        }
        return named;
    }

    @Override
    final void close() {
        groups.keySet().forEach(key -> release(key.values));
        groups.clear();
    }

    private void release(int[] values) {
        for (int value : values) {
            if (value != Attributes.ABSENT) {
                attributes.releaseValue(value);
            }
        }
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
