package io.tocsin.app.serve;

import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/** A real journal on a disk that misbehaves: something happens before each batch is committed. */
record JournalOnDisk(EventJournal journal, Runnable beforeCommit) implements EventJournal {
    static Function<DataFolder, EventJournal> that(Runnable beforeCommit) {
        return folder -> new JournalOnDisk(ChronicleEventJournal.open(folder), beforeCommit);
    }

    @Override
    public long append(DirectBuffer buffer, int offset, int length) {
        return journal.append(buffer, offset, length);
    }

    @Override
    public void commit() {
        beforeCommit.run();
        journal.commit();
    }

    @Override
    public void force() {
        journal.force();
    }

    @Override
    public long firstPosition() {
        return journal.firstPosition();
    }

    @Override
    public long endPosition() {
        return journal.endPosition();
    }

    @Override
    public long replay(long fromPosition, RecordHandler handler) {
        return journal.replay(fromPosition, handler);
    }

    @Override
    public void giveUpBefore(long position, long arrivedBeforeNs) {
        journal.giveUpBefore(position, arrivedBeforeNs);
    }

    @Override
    public void close() {
        journal.close();
    }
}
