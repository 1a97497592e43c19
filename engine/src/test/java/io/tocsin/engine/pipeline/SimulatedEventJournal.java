package io.tocsin.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The events of a simulated disk, as one process has them open. */
final class SimulatedEventJournal implements EventJournal {
    private final SimulatedDisk disk;
    private final SimulatedProcess process;
    private final List<byte[]> batch = new ArrayList<>();

    /** Opens; a damaged last document is noticed now, as the last one is looked at. */
    SimulatedEventJournal(SimulatedDisk disk, SimulatedProcess process) {
        this.disk = disk;
        this.process = process;
        if (disk.batchCount() > 0) {
            disk.checkWhole(disk.batch(disk.batchCount() - 1));
        }
    }

    @Override
    public long append(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        batch.add(bytes);
        return disk.endPosition() + batch.size() - 1;
    }

    @Override
    public void commit() {
        if (!batch.isEmpty()) {
            process.before("commit");
            disk.commit(batch);
            batch.clear();
            process.after("commit");
        }
    }

    @Override
    public void force() {
        process.before("force the events");
        int batches = disk.batchCount();
        process.waitForTheDevice();
        disk.forceEvents(batches);
        process.after("force the events");
    }

    @Override
    public long firstPosition() {
        return 0;
    }

    @Override
    public long endPosition() {
        return disk.endPosition();
    }

    @Override
    public long replay(long fromPosition, RecordHandler handler) {
        for (int i = 0; i < disk.batchCount(); i++) {
            SimulatedDisk.Batch each = disk.batch(i);
            disk.checkWhole(each);
            if (each.endPosition() > fromPosition) {
                process.before("read events");
                process.waitForTheDevice();
                replay(each, fromPosition, handler);
            }
        }
        return disk.endPosition();
    }

    @Override
    public void giveUpBefore(long position, long arrivedBeforeNs) {
        throw new AssertionError("nobody gives anything up here");
    }

    @Override
    public void close() {}

    private void replay(SimulatedDisk.Batch each, long fromPosition, RecordHandler handler) {
        for (long position = Math.max(fromPosition, each.firstPosition); position < each.endPosition(); position++) {
            if (!disk.isSkipped(position)) {
                byte[] bytes = each.records.get((int) (position - each.firstPosition));
                handler.onRecord(new UnsafeBuffer(bytes), 0, bytes.length, position);
            }
        }
    }
}
