package io.tocsin.engine.ticket;

import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.Interner;
import io.tocsin.engine.memory.RecordSlab;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of all tickets: a ticket has a reference to a block of (name, value) pairs of interned texts, in the
 * order in which the names were first seen. Blocks come in sizes of 4, 8, 16 … {@value #MOST} pairs; a name that finds no
 * room on its ticket is dropped and counted.
 *
 * <p>The core's thread. Allocates only while blocks and texts have not been seen in such numbers before.
 */
public final class Attributes {
    /** The reference of a ticket without attributes. */
    public static final int EMPTY = -1;
    /** Most attributes a ticket can have: {@code 1 << SIZES - 1 + SMALLEST_BITS}. */
    public static final int MOST = 1_024;
    /** Stands for an attribute that is not there. */
    public static final int ABSENT = -1;

    private static final int NAME_KIND = 0;
    private static final int SMALLEST_BITS = 2;
    private static final int SIZES = 9;
    private static final int INDEX_BITS = 28;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final long NO_PAIR = 0;

    private final Interner texts = new Interner();
    private final RecordSlab[] blocks = new RecordSlab[SIZES];
    private long droppedCount;

    /** No attributes yet. */
    public Attributes() {
        for (int i = 0; i < SIZES; i++) {
            blocks[i] = new RecordSlab(1 << (i + SMALLEST_BITS));
        }
    }

    /** The number of a name, held for good; for policies, which ask by number. */
    public int nameForGood(DirectBuffer name) {
        return texts.acquire(NAME_KIND, name, 0, name.capacity());
    }

    /** The number of a value, held for good; for policies, which compare by number. */
    public int valueForGood(ValueKind kind, DirectBuffer value) {
        return texts.acquire(kind.code(), value, 0, value.capacity());
    }

    /** The number of a name if any ticket or policy has it, else {@link #ABSENT}; not held by this. */
    public int findName(DirectBuffer name, int offset, int length) {
        return texts.find(NAME_KIND, name, offset, length);
    }

    /** Holds a value for another owner, who must release it. */
    public void holdValue(int value) {
        texts.hold(value);
    }

    /** Lets go of a value held. */
    public void releaseValue(int value) {
        texts.release(value);
    }

    /** The value of a name in a block, or {@link #ABSENT}. */
    public int value(int ref, int name) {
        if (ref == EMPTY) {
            return ABSENT;
        }
        RecordSlab slab = slab(ref);
        int record = ref & INDEX_MASK;
        int size = size(ref);
        for (int i = 0; i < size; i++) {
            long pair = slab.get(record, i);
            if (pair == NO_PAIR) {
                return ABSENT;
            }
            if (name(pair) == name) {
                return value(pair);
            }
        }
        return ABSENT;
    }

    /**
     * Sets an attribute; one too many is dropped and counted.
     *
     * @return the block's reference, another one when it had to grow
     */
    public int set(
            int ref,
            ValueKind kind,
            DirectBuffer buffer,
            int nameOffset,
            int nameLength,
            int valueOffset,
            int valueLength) {
        int name = texts.acquire(NAME_KIND, buffer, nameOffset, nameLength);
        int value = texts.acquire(kind.code(), buffer, valueOffset, valueLength);
        int count = count(ref);
        for (int i = 0; i < count; i++) {
            long pair = pair(ref, i);
            if (name(pair) == name) {
                texts.release(name);
                texts.release(value(pair));
                setPair(ref, i, pairOf(name, value));
                return ref;
            }
        }
        if (count == MOST) {
            texts.release(name);
            texts.release(value);
            droppedCount++;
            return ref;
        }
        int roomy = count == size(ref) ? grow(ref, count) : ref;
        setPair(roomy, count, pairOf(name, value));
        return roomy;
    }

    /**
     * Removes an attribute if it is there.
     *
     * @return the block's reference, {@link #EMPTY} when nothing is left
     */
    public int remove(int ref, DirectBuffer buffer, int nameOffset, int nameLength) {
        int name = texts.find(NAME_KIND, buffer, nameOffset, nameLength);
        int count = count(ref);
        for (int i = 0; i < count; i++) {
            long pair = pair(ref, i);
            if (name(pair) == name) {
                texts.release(name);
                texts.release(value(pair));
                for (int j = i; j < count; j++) {
                    setPair(ref, j, j + 1 < count ? pair(ref, j + 1) : NO_PAIR);
                }
                if (count == 1) {
                    slab(ref).free(ref & INDEX_MASK);
                    return EMPTY;
                }
                return ref;
            }
        }
        return ref;
    }

    /** A block for so many attributes, which are to be put into it with {@link #put}. */
    int newBlock(int count) {
        if (count == 0) {
            return EMPTY;
        }
        int sizeBits = Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(count - 1));
        int sizeIndex = sizeBits - SMALLEST_BITS;
        return (sizeIndex << INDEX_BITS) | blocks[sizeIndex].allocate();
    }

    /** Puts an attribute of known texts into a place of a new block. */
    void put(int ref, int i, int name, int value) {
        texts.hold(name);
        texts.hold(value);
        setPair(ref, i, pairOf(name, value));
    }

    /** The texts of names and values. */
    Interner texts() {
        return texts;
    }

    /** Gives a block back with everything it holds. */
    public void free(int ref) {
        int count = count(ref);
        for (int i = 0; i < count; i++) {
            long pair = pair(ref, i);
            texts.release(name(pair));
            texts.release(value(pair));
        }
        if (ref != EMPTY) {
            slab(ref).free(ref & INDEX_MASK);
        }
    }

    /** How many attributes found no room on their tickets. */
    public long droppedCount() {
        return droppedCount;
    }

    /** Sets how many attributes found no room, as a snapshot tells. */
    public void droppedCount(long count) {
        droppedCount = count;
    }

    /** How many attributes a block holds. */
    public int count(int ref) {
        int size = size(ref);
        int count = 0;
        while (count < size && pair(ref, count) != NO_PAIR) {
            count++;
        }
        return count;
    }

    /** The number of the i-th attribute's name. */
    public int nameAt(int ref, int i) {
        return name(pair(ref, i));
    }

    /** The number of the i-th attribute's value. */
    public int valueAt(int ref, int i) {
        return value(pair(ref, i));
    }

    /** The JSON type of a value. */
    public ValueKind valueKind(int value) {
        return ValueKind.of((byte) texts.kind(value));
    }

    /** The buffer of a name or value. */
    public DirectBuffer buffer(int text) {
        return texts.buffer(text);
    }

    /** Where a name or value begins in its buffer. */
    public int offset(int text) {
        return texts.offset(text);
    }

    /** The length of a name or value in bytes. */
    public int length(int text) {
        return texts.length(text);
    }

    /** A name or value as text. Allocates. */
    public String text(int text) {
        return texts.text(text);
    }

    /** A value as a reader sees it: String, BigDecimal, Boolean, or null for {@link #ABSENT}. Allocates. */
    @Nullable
    public Object view(int value) {
        if (value == ABSENT) {
            return null;
        }
        String text = texts.text(value);
        return switch (valueKind(value)) {
            case NUMBER -> new BigDecimal(text);
            case BOOLEAN -> Boolean.valueOf(text);
            default -> text;
        };
    }

    /** All attributes of a block as a reader sees them. Allocates. */
    public Map<String, Object> view(int ref, int count) {
        Map<String, Object> view = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            view.put(texts.text(nameAt(ref, i)), view(valueAt(ref, i)));
        }
        return view;
    }

    /** Whether two blocks hold the same attributes in the same order. */
    public boolean sameContent(int ref, int other) {
        int count = count(ref);
        if (count != count(other)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (pair(ref, i) != pair(other, i)) {
                return false;
            }
        }
        return true;
    }

    /** A hash of a block's content, independent of numbers. */
    public long stateHash(int ref) {
        int count = count(ref);
        long hash = count;
        for (int i = 0; i < count; i++) {
            hash = Hashing.fold(hash, texts.hashOf(nameAt(ref, i)));
            hash = Hashing.fold(hash, texts.hashOf(valueAt(ref, i)));
        }
        return hash;
    }

    private int grow(int ref, int count) {
        int sizeIndex = ref == EMPTY ? 0 : (ref >>> INDEX_BITS) + 1;
        int grown = (sizeIndex << INDEX_BITS) | blocks[sizeIndex].allocate();
        for (int i = 0; i < count; i++) {
            setPair(grown, i, pair(ref, i));
        }
        if (ref != EMPTY) {
            slab(ref).free(ref & INDEX_MASK);
        }
        return grown;
    }

    private static int size(int ref) {
        return ref == EMPTY ? 0 : 1 << ((ref >>> INDEX_BITS) + SMALLEST_BITS);
    }

    private RecordSlab slab(int ref) {
        return blocks[ref >>> INDEX_BITS];
    }

    private long pair(int ref, int i) {
        return slab(ref).get(ref & INDEX_MASK, i);
    }

    private void setPair(int ref, int i, long pair) {
        slab(ref).set(ref & INDEX_MASK, i, pair);
    }

    private static long pairOf(int name, int value) {
        return ((long) (name + 1) << 32) | (value & 0xFFFF_FFFFL);
    }

    private static int name(long pair) {
        return (int) (pair >>> 32) - 1;
    }

    private static int value(long pair) {
        return (int) pair;
    }
}
