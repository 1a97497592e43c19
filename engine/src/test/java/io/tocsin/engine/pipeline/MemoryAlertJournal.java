package io.tocsin.engine.pipeline;

import io.tocsin.engine.alert.AlertRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps alerts in a list, so that the next pipeline finds them; can be held up, fail, or lose the last ones. */
final class MemoryAlertJournal implements AlertJournal {
    private final List<byte[]> alerts = new ArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile RuntimeException failure;

    CountDownLatch holdUp() {
        gate = new CountDownLatch(1);
        return gate;
    }

    void failWith(RuntimeException next) {
        failure = next;
    }

    /** As if the process had died before the last ones were kept. */
    synchronized void keepOnly(int count) {
        alerts.subList(count, alerts.size()).clear();
    }

    synchronized List<String> ids() {
        return alerts.stream().map(bytes -> alert(bytes).id()).toList();
    }

    @Override
    public synchronized long lastSeq() {
        return alerts.size();
    }

    @Override
    public void append(DirectBuffer buffer, int offset, int length) {
        awaitGate();
        if (failure != null) {
            throw failure;
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        synchronized (this) {
            if (alert(bytes).seq() != alerts.size() + 1) {
                throw new IllegalStateException("alert " + alert(bytes).seq() + " after " + alerts.size());
            }
            alerts.add(bytes);
        }
    }

    @Override
    public void force() {}

    @Override
    public synchronized int read(long afterSeq, int limit, Handler handler) {
        List<byte[]> some = alerts.subList((int) afterSeq, (int) Math.min(alerts.size(), afterSeq + limit));
        some.forEach(bytes -> handler.onAlert(new UnsafeBuffer(bytes), 0, bytes.length));
        return some.size();
    }

    @Override
    public boolean awaitAfter(long seq, long timeoutMs) {
        return lastSeq() > seq;
    }

    @Override
    public void close() {}

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while held up", e);
        }
    }

    private static AlertRecord alert(byte[] bytes) {
        return new AlertRecord().wrap(new UnsafeBuffer(bytes), 0);
    }
}
