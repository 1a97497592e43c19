package io.tocsin.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.pipeline.AlertJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An alert journal in memory. */
final class ListAlertJournal implements AlertJournal {
    private final List<UnsafeBuffer> alerts = new ArrayList<>();
    private boolean closed;

    /** Appends so many breaches of a ticket whose name makes each alert about as long as given. */
    void appendBreaches(int count, int padding) {
        for (int i = 0; i < count; i++) {
            byte[] text = "x".repeat(Math.max(1, padding)).getBytes(UTF_8);
            AlertRecordWriter alert = new AlertRecordWriter()
                    .begin(AlertKind.BREACH, 0, lastSeq() + 1, 1, 1, 2, 900_000_000_000L, 900_000_000_000L, 1)
                    .text("A".getBytes(UTF_8))
                    .text("A/resolution/1/breach".getBytes(UTF_8))
                    .text("resolution".getBytes(UTF_8))
                    .text(text)
                    .text("100%".getBytes(UTF_8))
                    .text(new byte[0]);
            append(alert.buffer(), 0, alert.end());
        }
    }

    /** Appends a breach of a ticket with an attribute. */
    void appendBreach(String name, String value) {
        AlertRecordWriter alert = new AlertRecordWriter()
                .begin(AlertKind.BREACH, 0, lastSeq() + 1, 1, 1, 2, 900_000_000_000L, 900_000_000_000L, 1)
                .text("A".getBytes(UTF_8))
                .text("A/resolution/1/breach".getBytes(UTF_8))
                .text("resolution".getBytes(UTF_8))
                .text("gold".getBytes(UTF_8))
                .text("100%".getBytes(UTF_8))
                .text(new byte[0]);
        UnsafeBuffer nameText = new UnsafeBuffer(name.getBytes(UTF_8));
        UnsafeBuffer valueText = new UnsafeBuffer(value.getBytes(UTF_8));
        alert.attribute(ValueKind.STRING, nameText, 0, nameText.capacity(), valueText, 0, valueText.capacity());
        append(alert.buffer(), 0, alert.end());
    }

    @Override
    public synchronized long lastSeq() {
        return alerts.size();
    }

    @Override
    public synchronized void append(DirectBuffer buffer, int offset, int length) {
        long seq = new AlertRecord().wrap(buffer, offset).seq();
        if (seq != alerts.size() + 1) {
            throw new IllegalStateException("alert " + seq + " after " + alerts.size());
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        alerts.add(new UnsafeBuffer(bytes));
        notifyAll();
    }

    @Override
    public void force() {}

    @Override
    public int read(long afterSeq, int limit, Handler handler) {
        List<UnsafeBuffer> batch;
        synchronized (this) {
            int from = (int) Math.min(afterSeq, alerts.size());
            batch = List.copyOf(alerts.subList(from, Math.min(alerts.size(), from + limit)));
        }
        batch.forEach(alert -> handler.onAlert(alert, 0, alert.capacity()));
        return batch.size();
    }

    @Override
    public synchronized boolean awaitAfter(long seq, long timeoutMs) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (alerts.size() <= seq && !closed && System.nanoTime() < endNs) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime()) + 1));
        }
        return alerts.size() > seq;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
