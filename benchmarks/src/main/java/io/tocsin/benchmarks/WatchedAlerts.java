package io.tocsin.benchmarks;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.AlertJournal;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** A journal of alerts that shows each alert before it keeps it. The egress's thread. */
final class WatchedAlerts implements AlertJournal {
    private final AlertJournal journal;
    private final Consumer<AlertRecord> onAlert;
    private final AlertRecord alert = new AlertRecord();

    WatchedAlerts(AlertJournal journal, Consumer<AlertRecord> onAlert) {
        this.journal = journal;
        this.onAlert = onAlert;
    }

    @Override
    public long lastSeq() {
        return journal.lastSeq();
    }

    @Override
    public void append(DirectBuffer buffer, int offset, int length) {
        onAlert.accept(alert.wrap(buffer, offset));
        journal.append(buffer, offset, length);
    }

    @Override
    public void force() {
        journal.force();
    }

    @Override
    public int read(long afterSeq, int limit, Handler handler) {
        return journal.read(afterSeq, limit, handler);
    }

    @Override
    public boolean awaitAfter(long seq, long timeoutMs) throws InterruptedException {
        return journal.awaitAfter(seq, timeoutMs);
    }

    @Override
    public void close() {
        journal.close();
    }
}
