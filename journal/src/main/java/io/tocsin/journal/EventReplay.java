package io.tocsin.journal;

import io.tocsin.engine.pipeline.EventJournal.RecordHandler;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** Reads a queue of event batches and checks that nothing is missing. One thread at a time. */
final class EventReplay {
    private final SingleChronicleQueue queue;
    private final String what;
    private final EventBatch batch;

    EventReplay(SingleChronicleQueue queue, String what) {
        this.queue = queue;
        this.what = what;
        this.batch = new EventBatch(what);
    }

    /**
     * Hands over every record from a position to the end, which is where the last complete document ends.
     *
     * @param endPosition the position that must be reached at least
     * @return the position after the last record
     */
    long replay(long fromPosition, long endPosition, RecordHandler handler) {
        long position = 0;
        try (ExcerptTailer tailer = Queues.tailer(queue)) {
            while (readNext(tailer, position)) {
                batch.forEach((buffer, offset, length, at) -> {
                    if (at >= fromPosition) {
                        handler.onRecord(buffer, offset, length, at);
                    }
                });
                position += batch.count();
            }
        }
        if (position < endPosition) {
            throw new IllegalStateException(what + ": reading stops after " + position + " records, but the last batch"
                    + " ends at " + endPosition + ": a file is damaged. " + EventBatch.REMEDY);
        }
        return position;
    }

    /** The position after the last record, 0 when there is none. */
    long endPosition() {
        try (ExcerptTailer tailer =
                        Queues.tailer(queue).direction(TailerDirection.BACKWARD).toEnd();
                DocumentContext context = tailer.readingDocument()) {
            return context.isPresent() ? endPosition(context) : 0;
        }
    }

    private long endPosition(DocumentContext context) {
        try {
            batch.readFrom(context, Document.LAST);
        } catch (IllegalStateException e) {
            // A damaged document cannot say which position it begins with; reading up to it can, and throws in turn.
            replay(0, 0, (buffer, offset, length, position) -> {});
            throw e;
        }
        return batch.firstPosition() + batch.count();
    }

    private boolean readNext(ExcerptTailer tailer, long position) {
        try (DocumentContext context = tailer.readingDocument()) {
            if (!context.isPresent()) {
                return false;
            }
            batch.readFrom(context, position);
            if (batch.firstPosition() != position) {
                throw new IllegalStateException(String.format(
                        "%s: the document at index %x begins with position %d, expected %d: a file is missing, or"
                                + " was put there. %s",
                        what, context.index(), batch.firstPosition(), position, EventBatch.REMEDY));
            }
            return true;
        }
    }
}
