package io.tocsin.engine.pipeline;

import io.tocsin.engine.alert.AlertSink;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.snapshot.SnapshotDamagedException;
import io.tocsin.engine.snapshot.SnapshotSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;

/**
 * Brings an engine back: the newest snapshot that is whole and not ahead of the kept alerts, then every record of the
 * journal behind it; without a snapshot every record there is. One thread, once.
 *
 * <p>A snapshot may be ahead of the kept alerts if the process died before its last alerts were kept: it would take them
 * for given. The snapshot before it gives them again.
 */
final class Recovery<S extends AlertSink> {
    private static final int RECORDS_BETWEEN_CHECKS = 1 << 12;

    private final EngineConfig config;
    private final PolicyReader policyReader;
    private final EventJournal journal;
    private final SnapshotStore snapshots;
    private final long keptSeq;
    private final Supplier<S> sinks;
    private final BooleanSupplier cancelled;
    private final List<String> remarks = new ArrayList<>();

    private S sink;
    private Engine engine;
    private long snapshotPosition;
    private long recordCount;
    private long endPosition;

    /**
     * @param keptSeq the number of the last alert kept
     * @param sinks makes where an engine's alerts go; asked again if an engine could not read its snapshot
     * @param cancelled whether there is no need to go on; asked now and then
     */
    Recovery(
            EngineConfig config,
            PolicyReader policyReader,
            EventJournal journal,
            SnapshotStore snapshots,
            long keptSeq,
            Supplier<S> sinks,
            BooleanSupplier cancelled) {
        this.config = config;
        this.policyReader = policyReader;
        this.journal = journal;
        this.snapshots = snapshots;
        this.keptSeq = keptSeq;
        this.sinks = sinks;
        this.cancelled = cancelled;
        sink = sinks.get();
        engine = new Engine(config, policyReader, sink);
    }

    /**
     * Recovers.
     *
     * @throws PoisonedRecordException if a record cannot be applied
     * @throws CancellationException if there was no need to go on
     * @throws IllegalStateException if the journal begins behind every usable snapshot, or ends before one
     */
    Recovery<S> run() {
        snapshotPosition = readSnapshot();
        LookAheadReplay.run(handler -> endPosition = journal.replay(snapshotPosition, handler), new RecordTarget() {
            @Override
            public void expect(EventRecord record) {
                engine.expect(record);
            }

            @Override
            public void apply(EventRecord record, long position) {
                if ((recordCount++ & RECORDS_BETWEEN_CHECKS - 1) == 0) {
                    checkNeeded();
                }
                PoisonedRecordException.applyTo(engine, record, position);
            }
        });
        return this;
    }

    /** The engine, as it was brought back. */
    Engine engine() {
        return engine;
    }

    /** The position of the record that it expects next. */
    long endPosition() {
        return endPosition;
    }

    /** Where its alerts go. */
    S sink() {
        return sink;
    }

    /** What was brought back from where. */
    RecoveryReport report() {
        return new RecoveryReport(snapshotPosition, recordCount, remarks);
    }

    private long readSnapshot() {
        for (long position : snapshots.positions()) {
            if (isUsable(position)) {
                return position;
            }
            sink = sinks.get();
            engine = new Engine(config, policyReader, sink);
        }
        if (journal.firstPosition() > 0) {
            throw new IllegalStateException("the events begin at position " + journal.firstPosition()
                    + ", those before were given up, and no snapshot can stand in for them"
                    + (remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")")
                    + ": put the snapshots back from a copy");
        }
        return 0;
    }

    private boolean isUsable(long position) {
        try (SnapshotSource source = snapshots.open(position)) {
            long written = engine.readSnapshot(whileNeeded(source));
            if (written != position) {
                return passOver(position, "it says it is of position " + written);
            }
        } catch (SnapshotDamagedException e) {
            return passOver(position, String.valueOf(e.getMessage()));
        }
        if (engine.views().lastSeq() > keptSeq) {
            return passOver(
                    position, "it knows of " + engine.views().lastSeq() + " alerts, of which " + keptSeq + " are kept");
        }
        if (position < journal.firstPosition()) {
            return passOver(position, "the events behind it begin at position " + journal.firstPosition());
        }
        if (position > journal.endPosition()) {
            throw new IllegalStateException("the events end before position " + journal.endPosition()
                    + ", but a snapshot has those before " + position
                    + ": a file of the events is missing or shortened; put it back from a copy, or move the snapshots away"
                    + " to go on without those events");
        }
        return true;
    }

    private SnapshotSource whileNeeded(SnapshotSource source) {
        return new SnapshotSource() {
            @Override
            public int read(MutableDirectBuffer buffer, int offset, int length) {
                checkNeeded();
                return source.read(buffer, offset, length);
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    private void checkNeeded() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("told to stop while recovering");
        }
    }

    private boolean passOver(long position, String why) {
        remarks.add("the snapshot of position " + position + " was passed over: " + why);
        return false;
    }
}
