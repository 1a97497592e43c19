package io.tocsin.engine.ticket;

import io.tocsin.engine.memory.ByteArena;
import io.tocsin.engine.memory.Interner;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import java.util.Arrays;

/**
 * The names and values of attributes as a snapshot has them: each text once, numbered in the order in which blocks first
 * use it, so that the numbers of the {@link Interner} do not show. To write: {@link #collect} all blocks, {@link #save}
 * the texts, {@link #saveBlock} all blocks. To read: {@link #load} the texts, {@link #loadBlock} all blocks,
 * {@link #release}.
 *
 * <p>The core's thread. Allocates 8 bytes for each text, nothing for a block.
 */
public final class AttributeTexts {
    private static final int HIGHEST_KIND = 3;
    private static final int MOST_TEXTS = 1 << 28;

    private final Attributes attributes;
    private final Interner texts;
    /** By the interner's number: one more than the snapshot's, 0 for none. */
    private int[] numbers = {};
    /** By the snapshot's number: the interner's. */
    private int[] ids = new int[64];

    private int count;

    /** The texts of a store. */
    public AttributeTexts(Attributes attributes) {
        this.attributes = attributes;
        texts = attributes.texts();
    }

    /** A block is going to be written. */
    public void collect(int ref) {
        int size = attributes.count(ref);
        for (int i = 0; i < size; i++) {
            collectText(attributes.nameAt(ref, i));
            collectText(attributes.valueAt(ref, i));
        }
    }

    /** Writes the texts of the blocks collected, each with its kind. */
    public void save(SnapshotWriter out) {
        out.number(count);
        for (int number = 0; number < count; number++) {
            int id = ids[number];
            out.number(texts.kind(id));
            out.bytes(texts.buffer(id), texts.offset(id), texts.length(id));
        }
    }

    /** Reads the texts, and holds them until {@link #release}. */
    public void load(SnapshotReader in) {
        count = in.upTo(MOST_TEXTS);
        ids = new int[count];
        texts.makeRoomFor(count);
        for (int number = 0; number < count; number++) {
            int kind = in.upTo(HIGHEST_KIND);
            int length = in.bytes(ByteArena.MAX_LENGTH);
            ids[number] = texts.acquire(kind, in.buffer(), in.offset(), length);
        }
    }

    /** Lets go of the texts that were read; blocks hold theirs. */
    public void release() {
        for (int number = 0; number < count; number++) {
            texts.release(ids[number]);
        }
    }

    /** Writes a block that was collected: its attributes in their order. */
    public void saveBlock(SnapshotWriter out, int ref) {
        int size = attributes.count(ref);
        out.number(size);
        for (int i = 0; i < size; i++) {
            out.number(numbers[attributes.nameAt(ref, i)] - 1);
            out.number(numbers[attributes.valueAt(ref, i)] - 1);
        }
    }

    /** Reads a block and returns its reference, which is held for the caller. */
    public int loadBlock(SnapshotReader in) {
        int size = in.upTo(Attributes.MOST);
        attributes.beginBlock();
        for (int i = 0; i < size; i++) {
            int name = ids[in.upTo(count - 1)];
            attributes.put(name, ids[in.upTo(count - 1)]);
        }
        return attributes.endBlock();
    }

    private void collectText(int id) {
        if (id >= numbers.length) {
            numbers = Arrays.copyOf(numbers, texts.numberCount());
        }
        if (numbers[id] == 0) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, count * 2);
            }
            ids[count] = id;
            numbers[id] = ++count;
        }
    }
}
