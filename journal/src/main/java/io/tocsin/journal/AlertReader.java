package io.tocsin.journal;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.AlertJournal.Handler;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Reads alerts; goes on where it stopped without searching. One thread at a time. Allocates nothing per alert once its
 * buffer has grown.
 */
final class AlertReader implements AutoCloseable {
    /** What to do about a journal that cannot be read. */
    static final String REMEDY = "Move the folder away: at the next start the alerts are raised again from the events.";

    /** Stands for the number of no alert. */
    static final long NONE = -1;

    private final ExcerptTailer tailer;
    private final String what;
    private final Document document;
    private final AlertRecord alert = new AlertRecord();
    /** What the tailer stands before, or {@link #NONE} if that is not known. */
    private long nextSeq = NONE;

    AlertReader(SingleChronicleQueue queue, String what) {
        this.tailer = Queues.tailer(queue);
        this.what = what;
        this.document = new Document(what, REMEDY);
    }

    /** Hands over the alerts from {@code firstSeq} to {@code lastSeq}, all of which are kept. */
    void read(AlertIndex index, long firstSeq, long lastSeq, Handler handler) {
        if (nextSeq != firstSeq) {
            moveTo(index.indexOf(firstSeq), firstSeq);
        }
        for (long seq = firstSeq; seq <= lastSeq; seq++) {
            int length = readNext(seq);
            handler.onAlert(document.buffer(), Document.BODY_OFFSET, length);
        }
    }

    /** The number of the alert at the queue's index, or {@link #NONE} if nothing lies there. */
    long seqAt(long index) {
        nextSeq = NONE;
        if (!tailer.moveToIndex(index)) {
            return NONE;
        }
        try (DocumentContext context = tailer.readingDocument()) {
            return seq(context, Document.LAST);
        }
    }

    @Override
    public void close() {
        tailer.close();
    }

    private void moveTo(long index, long seq) {
        if (!tailer.moveToIndex(index)) {
            throw new IllegalStateException(
                    String.format("%s: alert %d should lie at index %x, there is nothing", what, seq, index));
        }
    }

    private int readNext(long expectedSeq) {
        nextSeq = NONE;
        try (DocumentContext context = tailer.readingDocument()) {
            if (!context.isPresent()) {
                throw new IllegalStateException(what + ": alert " + expectedSeq + " cannot be found");
            }
            long seq = seq(context, expectedSeq);
            if (seq != expectedSeq) {
                throw document.damaged(context.index(), expectedSeq, "it holds alert " + seq);
            }
        }
        nextSeq = expectedSeq + 1;
        return alert.length();
    }

    private long seq(DocumentContext context, long expectedSeq) {
        int length = document.readFrom(context, expectedSeq) - Document.BODY_OFFSET;
        alert.wrap(document.buffer(), Document.BODY_OFFSET);
        if (alert.length() != length) {
            throw document.damaged(
                    context.index(), expectedSeq, "its alert claims " + alert.length() + " bytes of " + length);
        }
        return alert.seq();
    }
}
