package io.tocsin.engine.pipeline;

import io.tocsin.engine.alert.AlertRecord;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The alerts of a simulated disk, as one process has them open. What is kept here, everybody may have seen. */
final class SimulatedAlertJournal implements AlertJournal {
    private final SimulatedDisk disk;
    private final SimulatedProcess process;
    private final Consumer<byte[]> onShown;
    private final AlertRecord alert = new AlertRecord();

    /** Opens; a damaged last alert is noticed now, as the last one is looked at. */
    SimulatedAlertJournal(SimulatedDisk disk, SimulatedProcess process, Consumer<byte[]> onShown) {
        this.disk = disk;
        this.process = process;
        this.onShown = onShown;
        if (disk.isLastAlertTorn()) {
            throw new IllegalStateException("simulated alerts: the last document is damaged");
        }
    }

    @Override
    public long lastSeq() {
        return disk.alerts().size();
    }

    @Override
    public void append(DirectBuffer buffer, int offset, int length) {
        process.before("keep an alert");
        long seq = alert.wrap(buffer, offset).seq();
        if (seq != lastSeq() + 1) {
            throw new IllegalStateException("alert " + seq + " cannot be kept, the next one is " + (lastSeq() + 1));
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        disk.keep(bytes);
        onShown.accept(bytes);
        process.after("keep an alert");
    }

    @Override
    public void force() {
        process.before("force the alerts");
        int count = disk.alerts().size();
        process.waitForTheDevice();
        disk.forceAlerts(count);
        process.after("force the alerts");
    }

    @Override
    public int read(long afterSeq, int limit, Handler handler) {
        List<byte[]> alerts = disk.alerts();
        int end = (int) Math.min(alerts.size(), afterSeq + limit);
        for (int i = (int) afterSeq; i < end; i++) {
            byte[] bytes = alerts.get(i);
            handler.onAlert(new UnsafeBuffer(bytes), 0, bytes.length);
        }
        return Math.max(0, end - (int) afterSeq);
    }

    @Override
    public boolean awaitAfter(long seq, long timeoutMs) {
        return lastSeq() > seq;
    }

    @Override
    public void close() {}
}
