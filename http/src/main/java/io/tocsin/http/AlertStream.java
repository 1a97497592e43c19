package io.tocsin.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.http.json.AlertJson;
import io.tocsin.http.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Writes alerts to one client as server-sent events, until the client, the journal or the server ends. One thread. */
final class AlertStream {
    /** What a client that stops reading holds in memory is no more than so many alerts. */
    private static final int BATCH = 64;

    private static final byte[] COMMENT = ":\n\n".getBytes(US_ASCII);
    private static final byte[] END_OF_EVENT = "\n\n".getBytes(US_ASCII);

    private final AlertJournal journal;
    private final OutputStream out;
    private final long commentMs;
    private final ByteArrayOutputStream events = new ByteArrayOutputStream(4 * 1024);
    private final AlertRecord alert = new AlertRecord();
    private long lastSeq;
    private @Nullable Thread waiter;
    private boolean ended;

    AlertStream(AlertJournal journal, OutputStream out, long commentMs) {
        this.journal = journal;
        this.out = out;
        this.commentMs = commentMs;
    }

    /** Serves the client. Returns when the journal or the server is closed; throws when the client has gone. */
    void run(long afterSeq) throws IOException, InterruptedException {
        lastSeq = afterSeq;
        // At once, so that the client knows it is connected.
        comment();
        boolean open = true;
        while (open) {
            if (journal.read(lastSeq, BATCH, this::append) > 0) {
                events.writeTo(out);
                out.flush();
                events.reset();
            } else {
                open = awaitOrComment();
            }
        }
    }

    /**
     * Ends the stream while it waits for an alert, or when it is about to; one that writes ends with its connection.
     */
    synchronized void end() {
        ended = true;
        if (waiter != null) {
            waiter.interrupt();
        }
    }

    /**
     * Waits for an alert; comments when the time was up; false when the journal woke us for nothing, as it is closed.
     */
    private boolean awaitOrComment() throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        if (awaitAlert()) {
            return true;
        }
        if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) < commentMs - 1) {
            return false;
        }
        comment();
        return true;
    }

    private boolean awaitAlert() throws InterruptedException {
        synchronized (this) {
            if (ended) {
                return false;
            }
            waiter = Thread.currentThread();
        }
        try {
            return journal.awaitAfter(lastSeq, commentMs);
        } finally {
            synchronized (this) {
                waiter = null;
            }
        }
    }

    private void append(DirectBuffer buffer, int offset, int length) {
        alert.wrap(buffer, offset);
        lastSeq = alert.seq();
        try {
            events.write(("id: " + lastSeq + "\nevent: " + alert.kind().text() + "\ndata: ").getBytes(US_ASCII));
            try (JsonGenerator json = Json.generator(events)) {
                AlertJson.write(json, alert);
            }
            events.write(END_OF_EVENT);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
    }

    private void comment() throws IOException {
        out.write(COMMENT);
        out.flush();
    }
}
