package io.tocsin.engine.pipeline;

import io.tocsin.engine.snapshot.SnapshotSource;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The snapshots of a simulated disk, as one process has them open. A draft is written in pieces and is nothing before its
 * commit, which forces and renames it and then prunes; it is lost with the process.
 */
final class SimulatedSnapshotStore implements SnapshotStore {
    private static final int KEPT = 2;

    private final SimulatedDisk disk;
    private final SimulatedProcess process;
    private final int mostAtOnce;

    /** @param mostAtOnce so many bytes one read gives at most */
    SimulatedSnapshotStore(SimulatedDisk disk, SimulatedProcess process, int mostAtOnce) {
        this.disk = disk;
        this.process = process;
        this.mostAtOnce = mostAtOnce;
    }

    @Override
    public List<Long> positions() {
        return disk.snapshotPositions();
    }

    @Override
    public SnapshotSource open(long position) {
        process.before("read a snapshot");
        byte[] bytes = disk.snapshots().get(position);
        return new SnapshotSource() {
            private int at;

            @Override
            public int read(MutableDirectBuffer buffer, int offset, int length) {
                int some = Math.min(Math.min(length, mostAtOnce), bytes.length - at);
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
        process.before("begin a snapshot");
        ExpandableArrayBuffer draft = new ExpandableArrayBuffer(1 << 14);
        return new Draft() {
            private int end;

            @Override
            public void write(DirectBuffer buffer, int offset, int length) {
                process.before("write a snapshot");
                process.waitForTheDevice();
                draft.putBytes(end, buffer, offset, length);
                end += length;
            }

            @Override
            public void commit() {
                byte[] bytes = new byte[end];
                draft.getBytes(0, bytes);
                process.before("rename a snapshot");
                disk.rename(position, bytes);
                process.after("rename a snapshot");
                disk.prune(KEPT);
                process.after("give up an older snapshot");
            }

            @Override
            public void close() {}
        };
    }
}
