package io.tocsin.engine.ticket;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.memory.HashIndex;
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
 * order in which the names were first seen. Blocks do not change; tickets with the same attributes in the same order share
 * one, with counted references, and with it everything that follows from them: the hash, the policy that matches. A block
 * comes in sizes of 4, 8, 16 … {@value #MOST} pairs behind four longs:
 *
 * <pre>
 *   0 holders (low) | how many attributes (high)
 *   1 hash of the content
 *   2 serial: no two blocks have the same, ever
 *   3 policy that matches (low) | number of the rulebook it is of (high)
 * </pre>
 *
 * <p>A name that finds no room on its ticket is dropped and counted. The core's thread. Allocates only while blocks and
 * texts have not been seen in such numbers before.
 */
public final class Attributes {
    /** The reference of a ticket without attributes. */
    public static final int EMPTY = -1;
    /** Most attributes a ticket can have: {@code 1 << SIZES - 1 + SMALLEST_BITS}. */
    public static final int MOST = 1_024;
    /** Stands for an attribute that is not there. */
    public static final int ABSENT = -1;
    /** Stands for a {@link #placeOfChange} that nobody asked for. */
    public static final int UNKNOWN_PLACE = -1;

    private static final int NAME_KIND = 0;
    private static final int SMALLEST_BITS = 2;
    private static final int SIZES = 9;
    /** Of a reference: the block's place in units of four longs, below the size. */
    private static final int INDEX_BITS = 28;

    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int UNIT_BITS = 2;

    private static final int HOLDERS_AND_COUNT = 0;
    private static final int HASH = 1;
    private static final int SERIAL = 2;
    private static final int POLICY_AND_RULEBOOK = 3;
    private static final int PAIRS = 4;

    private final Interner texts = new Interner();
    private final RecordSlab[] blocks = new RecordSlab[SIZES];
    private final HashIndex index = new HashIndex();
    private final AttributeChanges changes = new AttributeChanges();
    /** The pairs of a block that is being made; it holds their texts. */
    private final long[] draft = new long[MOST];

    private int draftCount;
    private long lastSerial;
    private long droppedCount;

    /** No attributes yet. */
    public Attributes() {
        for (int i = 0; i < SIZES; i++) {
            blocks[i] = new RecordSlab(PAIRS + (1 << (i + SMALLEST_BITS)));
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

    /** The number of a value if any ticket or policy has it, else {@link #ABSENT}; not held by this. */
    public int findValue(ValueKind kind, DirectBuffer value) {
        return texts.find(kind.code(), value, 0, value.capacity());
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
        int count = count(ref);
        for (int i = 0; i < count; i++) {
            long pair = pair(ref, i);
            if (name(pair) == name) {
                return value(pair);
            }
        }
        return ABSENT;
    }

    /** As {@link #merge(int, EventRecord, int)}, of an event that nobody has looked at before. */
    public int merge(int ref, EventRecord event) {
        return merge(ref, event, UNKNOWN_PLACE);
    }

    /**
     * What an event's attributes make of a ticket's; one too many is dropped and counted.
     *
     * @param ref the ticket's block, which it lets go of
     * @param placeOfChange of the event, if it is known, or {@link #UNKNOWN_PLACE}
     * @return the block that it holds instead, the same one if nothing changed; {@link #EMPTY} if nothing is left
     */
    public int merge(int ref, EventRecord event, int placeOfChange) {
        long serial = serial(ref);
        int place = ref == EMPTY && placeOfChange != UNKNOWN_PLACE ? placeOfChange : changes.placeOf(serial, event);
        int known = changes.find(place, serial, event);
        if (known != EMPTY && serial(known) == changes.foundSerial()) {
            hold(known);
            free(ref);
            return known;
        }
        long droppedBefore = droppedCount;
        int merged = mergeEach(ref, event);
        if (merged != EMPTY && droppedCount == droppedBefore) {
            changes.add(serial, event, merged, serial(merged));
        }
        free(ref);
        return merged;
    }

    /** Where {@link #merge} looks first for a ticket without attributes. */
    public int placeOfChange(EventRecord event) {
        return changes.placeOf(serial(EMPTY), event);
    }

    /** Reads such a place; for the reading alone. */
    public long touchChange(int place) {
        return changes.touch(place);
    }

    /** Reads the block that is known of such a place; for the reading alone. */
    public long touchBlockAt(int place) {
        return serial(changes.blockAt(place));
    }

    private int mergeEach(int ref, EventRecord event) {
        beginBlock();
        int count = count(ref);
        for (int i = 0; i < count; i++) {
            put(nameAt(ref, i), valueAt(ref, i));
        }
        event.firstAttribute();
        while (event.nextAttribute()) {
            int name = texts.acquire(NAME_KIND, event.buffer(), event.nameOffset(), event.nameLength());
            if (event.valueKind() == ValueKind.REMOVED) {
                remove(name);
            } else {
                int kind = event.valueKind().code();
                set(name, texts.acquire(kind, event.buffer(), event.valueOffset(), event.valueLength()));
            }
        }
        return endBlock();
    }

    /** Takes over both texts. */
    private void set(int name, int value) {
        int at = draftIndexOf(name);
        if (at < draftCount) {
            texts.release(name);
            texts.release(value(draft[at]));
            draft[at] = pairOf(name, value);
        } else if (draftCount < MOST) {
            draft[draftCount++] = pairOf(name, value);
        } else {
            texts.release(name);
            texts.release(value);
            droppedCount++;
        }
    }

    private void remove(int name) {
        int at = draftIndexOf(name);
        if (at < draftCount) {
            releasePair(draft[at]);
            draftCount--;
            System.arraycopy(draft, at + 1, draft, at, draftCount - at);
        }
        texts.release(name);
    }

    private int draftIndexOf(int name) {
        int at = 0;
        while (at < draftCount && name(draft[at]) != name) {
            at++;
        }
        return at;
    }

    /** Begins a block; its attributes are to be {@link #put} in order. */
    void beginBlock() {
        draftCount = 0;
    }

    /** Puts an attribute of known texts into the block begun. */
    void put(int name, int value) {
        texts.hold(name);
        texts.hold(value);
        draft[draftCount++] = pairOf(name, value);
    }

    /** Ends the block begun and returns its reference, which is held for the caller. */
    int endBlock() {
        if (draftCount == 0) {
            return EMPTY;
        }
        long hash = draftHash();
        for (int at = index.first(hash); at != HashIndex.NONE; at = index.next(hash, at)) {
            int ref = index.entry(at);
            if (isDraft(ref)) {
                for (int i = 0; i < draftCount; i++) {
                    releasePair(draft[i]);
                }
                hold(ref);
                return ref;
            }
        }
        return addDraft(hash);
    }

    private int addDraft(long hash) {
        int sizeBits = Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(draftCount - 1));
        int sizeIndex = sizeBits - SMALLEST_BITS;
        int block = blocks[sizeIndex].allocate();
        if (block >>> UNIT_BITS + INDEX_BITS != 0) {
            throw new IllegalStateException("sets of " + draftCount + " attributes take more than 8 GiB: there are "
                    + blocks[sizeIndex].liveCount() + " different ones of that size");
        }
        int ref = (sizeIndex << INDEX_BITS) | block >>> UNIT_BITS;
        set(ref, HOLDERS_AND_COUNT, 1 | (long) draftCount << 32);
        set(ref, HASH, hash);
        set(ref, SERIAL, ++lastSerial);
        set(ref, POLICY_AND_RULEBOOK, 0);
        for (int i = 0; i < draftCount; i++) {
            set(ref, PAIRS + i, draft[i]);
        }
        index.add(hash, ref);
        return ref;
    }

    private boolean isDraft(int ref) {
        if (count(ref) != draftCount) {
            return false;
        }
        for (int i = 0; i < draftCount; i++) {
            if (pair(ref, i) != draft[i]) {
                return false;
            }
        }
        return true;
    }

    private long draftHash() {
        long hash = draftCount;
        for (int i = 0; i < draftCount; i++) {
            hash = Hashing.fold(hash, texts.hashOf(name(draft[i])));
            hash = Hashing.fold(hash, texts.hashOf(value(draft[i])));
        }
        return hash;
    }

    /** The policy known to match a block under a rulebook, or {@link TicketStore#UNKNOWN_POLICY}. */
    public int knownPolicy(int ref, int rulebook) {
        return ref != EMPTY && slab(ref).getHigh(block(ref), POLICY_AND_RULEBOOK) == rulebook
                ? slab(ref).getLow(block(ref), POLICY_AND_RULEBOOK)
                : TicketStore.UNKNOWN_POLICY;
    }

    /** Remembers which policy matches a block under a rulebook, numbered from 1. */
    public void knownPolicy(int ref, int rulebook, int policy) {
        if (ref != EMPTY) {
            set(ref, POLICY_AND_RULEBOOK, (long) rulebook << 32 | policy & 0xFFFF_FFFFL);
        }
    }

    /** The texts of names and values. */
    Interner texts() {
        return texts;
    }

    /** Lets go of a block; after its last holder it is forgotten, with the texts that it held. */
    public void free(int ref) {
        if (ref == EMPTY) {
            return;
        }
        long holdersAndCount = get(ref, HOLDERS_AND_COUNT) - 1;
        set(ref, HOLDERS_AND_COUNT, holdersAndCount);
        if ((int) holdersAndCount == 0) {
            forget(ref);
        }
    }

    /** Holds a block for another owner, who must free it. */
    public void hold(int ref) {
        if (ref != EMPTY) {
            set(ref, HOLDERS_AND_COUNT, get(ref, HOLDERS_AND_COUNT) + 1);
        }
    }

    private void forget(int ref) {
        int count = count(ref);
        for (int i = 0; i < count; i++) {
            releasePair(pair(ref, i));
        }
        index.remove(get(ref, HASH), ref);
        set(ref, SERIAL, 0);
        slab(ref).free(block(ref));
    }

    private void releasePair(long pair) {
        texts.release(name(pair));
        texts.release(value(pair));
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
        return ref == EMPTY ? 0 : slab(ref).getHigh(block(ref), HOLDERS_AND_COUNT);
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

    /** A hash of a block's content, independent of numbers. */
    public long stateHash(int ref) {
        return ref == EMPTY ? 0 : get(ref, HASH);
    }

    /** Tells a block from every other there was and will be; 0 for {@link #EMPTY} and for one that is forgotten. */
    public long serial(int ref) {
        return ref == EMPTY ? 0 : get(ref, SERIAL);
    }

    private RecordSlab slab(int ref) {
        return blocks[ref >>> INDEX_BITS];
    }

    private static int block(int ref) {
        return (ref & INDEX_MASK) << UNIT_BITS;
    }

    private long get(int ref, int field) {
        return slab(ref).get(block(ref), field);
    }

    private void set(int ref, int field, long value) {
        slab(ref).set(block(ref), field, value);
    }

    private long pair(int ref, int i) {
        return get(ref, PAIRS + i);
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
