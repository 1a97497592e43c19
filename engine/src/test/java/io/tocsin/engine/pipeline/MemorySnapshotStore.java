package io.tocsin.engine.pipeline;

import io.tocsin.engine.snapshot.SnapshotSource;
import java.util.List;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Keeps snapshots in a map, so that the next pipeline finds them; they can be damaged or lost. */
final class MemorySnapshotStore implements SnapshotStore {
    private static final int KEPT = 2;

    private final TreeMap<Long, byte[]> snapshots = new TreeMap<>();

    /** Changes one byte of a snapshot. */
    synchronized void damage(long position) {
        byte[] bytes = snapshots.get(position);
        bytes[bytes.length / 2] ^= 1;
    }

    synchronized void remove(long position) {
        snapshots.remove(position);
    }

    @Override
    public synchronized List<Long> positions() {
        return List.copyOf(snapshots.descendingKeySet());
    }

    @Override
    public synchronized SnapshotSource open(long position) {
        byte[] bytes = snapshots.get(position);
        return new SnapshotSource() {
            private int at;

            @Override
            public int read(MutableDirectBuffer buffer, int offset, int length) {
                int some = Math.min(length, bytes.length - at);
                buffer.putBytes(offset, bytes, at, some);
                at += some;
                return some;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Draft begin(long position) {
        ExpandableArrayBuffer draft = new ExpandableArrayBuffer();
        return new Draft() {
            private int end;

            @Override
            public void write(DirectBuffer buffer, int offset, int length) {
                draft.putBytes(end, buffer, offset, length);
                end += length;
            }

            @Override
            public void commit() {
                byte[] bytes = new byte[end];
                draft.getBytes(0, bytes);
                keep(position, bytes);
            }

            @Override
            public void close() {}
        };
    }

    private synchronized void keep(long position, byte[] bytes) {
        snapshots.put(position, bytes);
        while (snapshots.size() > KEPT) {
            snapshots.pollFirstEntry();
        }
    }
}
