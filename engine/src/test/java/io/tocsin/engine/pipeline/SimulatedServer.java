package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.policy.PolicyReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One life of a server: a real pipeline whose agents are stepped by hand, and what its senders know: what was taken, in
 * which order, and how much of it was acknowledged. Checks, after each step, what was acknowledged and what was journaled.
 */
final class SimulatedServer {
    private static final long PATIENCE_NS = 10_000_000_000L;
    private static final int SLOWEST_LOOK_NS = 1_000_000_000;

    private final SimulatedDisk disk;
    private final SimulatedClock clock;
    private final SyncLevel level;
    private final Random random;
    private final SimulatedProcess process;
    private final SimulationChecks checks;
    private final SimulatedEventJournal events;
    private final Pipeline pipeline;

    /** What was taken, in the order of the ring. */
    private final List<byte[]> taken = new ArrayList<>();

    /** Where in the journal it lies, of those that were found there. */
    private final List<Long> positions = new ArrayList<>();

    private long verifiedEnd;
    private int acknowledged;
    private long lastArrivalNs = Long.MIN_VALUE;

    private Pipeline.@Nullable Stepped agents;
    private boolean coreBusy;
    private boolean egressBusy;
    private boolean syncBusy;
    private boolean closing;
    private long closingSinceNs;
    private int coreWaits;

    @Nullable
    private Throwable failure;

    /** What the rings of a seed are like. */
    record Sizes(int eventSlots, int outcomeSlots) {}

    /** Opens the journals and makes a pipeline, which has not recovered yet. */
    SimulatedServer(
            SimulatedDisk disk,
            SimulatedClock clock,
            SyncLevel level,
            Sizes sizes,
            EngineConfig config,
            PolicyReader policies,
            Random random,
            SimulatedProcess process,
            SimulationChecks checks) {
        this.disk = disk;
        this.clock = clock;
        this.level = level;
        this.random = random;
        this.process = process;
        this.checks = checks;
        events = new SimulatedEventJournal(disk, process);
        pipeline = new Pipeline(
                new PipelineConfig(
                        sizes.eventSlots, sizes.outcomeSlots, OthersGoOn::new, OthersGoOn::new, level, OthersGoOn::new),
                config,
                policies,
                events,
                new SimulatedAlertJournal(disk, process, checks::onShown),
                new SimulatedSnapshotStore(disk, process, 1 + random.nextInt(1 << random.nextInt(16))),
                clock,
                clock::nanoTime,
                cause -> failure = cause);
    }

    RecoveryReport recover() {
        return pipeline.recover();
    }

    Pipeline pipeline() {
        return pipeline;
    }

    SimulatedProcess process() {
        return process;
    }

    /** What stopped the engine, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** How often the core had to wait for the egress. */
    int coreWaits() {
        return coreWaits;
    }

    /** Whether it stops, or has stopped. */
    boolean isClosing() {
        return closing;
    }

    /** Whether it stopped for so long that it may have given up. */
    boolean tookTooLongToStop() {
        return clock.nowNs() - closingSinceNs > PATIENCE_NS;
    }

    /** Whether nothing is on its way. */
    boolean isIdle() {
        return acknowledged == taken.size() && isEverythingJournaled();
    }

    /** Goes live, after a record that comes first, if there is one. */
    void start(byte @Nullable [] first) {
        verifiedEnd = disk.endPosition();
        if (first != null) {
            long position = pipeline.offerFirst(new UnsafeBuffer(first), 0, first.length);
            equal("the first record's position", 0L, position);
            taken.add(first);
        }
        agents = pipeline.startStepped();
    }

    // ---- senders

    /** Whether it was taken. */
    boolean offer(byte[] record) {
        return took(pipeline.offer(new UnsafeBuffer(record), 0, record.length), List.of(record));
    }

    /** Whether all of them were taken; otherwise none was. */
    boolean offerAll(List<byte[]> records) {
        int length = records.stream().mapToInt(record -> record.length).sum();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        int offset = 0;
        for (byte[] record : records) {
            buffer.putBytes(offset, record);
            offset += record.length;
        }
        return took(pipeline.offerAll(buffer, 0, records.size()), records);
    }

    private boolean took(long lastPosition, List<byte[]> records) {
        if (lastPosition == EventGate.FULL) {
            int waiting = taken.size() - journaledCount();
            boolean hasRoom = waiting + records.size() <= pipeline.capacity();
            equal("whether there was room for " + records.size(), false, hasRoom && !coreBusy);
            return false;
        }
        taken.addAll(records);
        equal("the last record's position", (long) taken.size() - 1, lastPosition);
        return true;
    }

    /** The position behind the last record that was acknowledged in this life, in the journal; 0 if none was. */
    long acknowledgedPosition() {
        return acknowledged == 0 ? 0 : positions.get(acknowledged - 1) + 1;
    }

    // ---- steps

    boolean stepCore() {
        if (coreBusy) {
            return false;
        }
        coreBusy = true;
        try {
            return agents.core().invoke() > 0;
        } finally {
            coreBusy = false;
            // Whoever interrupted the core meant its thread, not those that run after it.
            Thread.interrupted();
        }
    }

    boolean stepEgress() {
        if (egressBusy) {
            return false;
        }
        egressBusy = true;
        try {
            boolean worked = agents.egress().invoke() > 0;
            checks.checkCauses();
            return worked;
        } finally {
            egressBusy = false;
        }
    }

    /** Behind it everything is on the device that was in the journal before it. */
    boolean stepSync() {
        AgentInvoker sync = agents.sync();
        if (sync == null || syncBusy) {
            return false;
        }
        syncBusy = true;
        try {
            long end = disk.endPosition();
            int alerts = disk.alerts().size();
            boolean worked = sync.invoke() > 0;
            if (failure == null && !process.isDead()) {
                equal("events forced up to " + end, true, disk.forcedPosition() >= end);
                equal("alerts forced up to " + alerts, true, disk.forcedAlerts() >= alerts);
            }
            return worked;
        } finally {
            syncBusy = false;
        }
    }

    /** Steps until there is nothing more to do. */
    void settle() {
        boolean worked = true;
        while (worked && failure == null && !process.isDead()) {
            worked = stepCore() | stepSync() | stepEgress();
            check();
        }
    }

    /**
     * Stops as a server does that was told to; what was taken is worked off meanwhile.
     *
     * @param slowly time goes on while somebody waits, until patience may be at its end
     */
    void close(boolean slowly) {
        closing = true;
        closingSinceNs = clock.nowNs();
        clock.onLook(() -> whileClosing(slowly));
        try {
            pipeline.close();
        } finally {
            clock.onLook(() -> {});
        }
    }

    /** Time moves on in a process that waits; the core only has to be there while there are events for it. */
    private void whileClosing(boolean slowly) {
        if (coreBusy || egressBusy || syncBusy) {
            return;
        }
        if (slowly) {
            clock.set(clock.nowNs() + random.nextInt(SLOWEST_LOOK_NS));
        }
        switch (random.nextInt(slowly ? 12 : 3)) {
            case 0 -> stepEgress();
            case 1 -> stepSync();
            case 2 -> {
                if (!isEverythingJournaled()) {
                    stepCore();
                }
            }
            default -> {} // Nobody gets to run.
        }
    }

    private boolean isEverythingJournaled() {
        return journaledCount() == taken.size();
    }

    /** How many of those that were taken are in the journal. */
    private int journaledCount() {
        int count = positions.size();
        for (long position = verifiedEnd; position < disk.endPosition(); position++) {
            count += isSlice(disk.record(position)) ? 0 : 1;
        }
        return count;
    }

    // ---- checks

    /** What is in the journal is what was taken, in its order; what is acknowledged is as safe as the level says. */
    void check() {
        for (; verifiedEnd < disk.endPosition(); verifiedEnd++) {
            byte[] journaled = disk.record(verifiedEnd);
            if (isSlice(journaled)) {
                checkSlice(journaled);
            } else if (positions.size() == taken.size()) {
                throw new AssertionError("the journal has more records of this life than the " + taken.size()
                        + " that were taken, at position " + verifiedEnd);
            } else {
                checkJournaled(journaled, taken.get(positions.size()), verifiedEnd);
                positions.add(verifiedEnd);
            }
        }
        while (acknowledged < taken.size() && isAcknowledged(acknowledged)) {
            equal("record " + acknowledged + " is acknowledged and journaled", true, acknowledged < positions.size());
            long position = positions.get(acknowledged);
            if (level == SyncLevel.ALWAYS) {
                equal("record " + position + " is acknowledged and forced", true, position < disk.forcedPosition());
            }
            acknowledged++;
        }
    }

    private boolean isAcknowledged(int sequence) {
        try {
            return pipeline.awaitApplied(sequence, -1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (IllegalStateException e) {
            if (failure == null) {
                throw e;
            }
            return false;
        }
    }

    private static boolean isSlice(byte[] journaled) {
        return new EventRecord().wrap(new UnsafeBuffer(journaled), 0).kind() == RecordKind.SLICE;
    }

    /** It says what fired, nothing if objectives alone were looked at, and an event lies behind it that overtook the rest. */
    private void checkSlice(byte[] journaled) {
        checks.onSlice();
        EventRecord slice = new EventRecord().wrap(new UnsafeBuffer(journaled), 0);
        EventRecord next = new EventRecord().wrap(new UnsafeBuffer(disk.record(verifiedEnd + 1)), 0);
        equal("timers may have fired before position " + verifiedEnd, true, slice.firedCount() >= 0);
        equal("position " + (verifiedEnd + 1) + " overtook something", true, next.isBehind());
        equal("when", slice.arrivalNs(), next.arrivalNs());
    }

    private void checkJournaled(byte[] journaled, byte[] sent, long position) {
        EventRecord record = new EventRecord().wrap(new UnsafeBuffer(journaled), 0);
        long arrivalNs = record.arrivalNs();
        byte[] expected = sent.clone();
        EventRecord stamped = new EventRecord().wrap(new UnsafeBuffer(expected), 0);
        if (record.isBehind()) {
            stamped.stampBehind(arrivalNs);
        } else {
            stamped.stamp(arrivalNs);
        }
        if (!Arrays.equals(expected, journaled)) {
            throw new AssertionError("the record of journal position " + position + " is not the one that was taken");
        }
        equal("time goes on at position " + position, true, arrivalNs >= lastArrivalNs);
        lastArrivalNs = arrivalNs;
    }

    static void equal(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + ", but was " + actual);
        }
    }

    /** The core waits for room in the ring of outcomes, and so the threads beside it run. */
    private final class OthersGoOn implements IdleStrategy {
        @Override
        public void idle(int workCount) {
            idle();
        }

        @Override
        public void idle() {
            coreWaits++;
            if (process.isDead()) {
                throw new SimulatedProcess.Died("while the core waited");
            }
            if (failure != null) {
                // Nobody takes alerts any more; the server is stopped, which interrupts the core.
                Thread.currentThread().interrupt();
                return;
            }
            boolean othersWait = egressBusy || syncBusy;
            boolean worked = stepSync() | stepEgress();
            if (!worked && failure == null && !process.isDead()) {
                if (!othersWait) {
                    throw new AssertionError("the core waits for room, and nobody makes any");
                }
                process.die("while the core waited for a device that never answered");
            }
        }

        @Override
        public void reset() {}
    }
}
