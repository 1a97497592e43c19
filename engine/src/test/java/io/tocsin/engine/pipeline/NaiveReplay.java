package io.tocsin.engine.pipeline;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.policy.PolicyReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the events on a disk come to, found the plain way: a new engine, every record from the first one on, no snapshot,
 * no alert looked at.
 */
final class NaiveReplay {
    final List<byte[]> records = new ArrayList<>();
    final List<byte[]> alerts = new ArrayList<>();

    private final Engine engine;
    private String problem = "";
    private long hashOfTheRecords;

    private NaiveReplay(EngineConfig config, PolicyReader policies) {
        engine = new Engine(config, policies, this::onAlert);
    }

    /** As if everything that was not forced were lost. */
    static NaiveReplay ofForced(EngineConfig config, PolicyReader policies, SimulatedDisk disk, long untilNs) {
        return replay(config, policies, disk, disk.forcedPosition()).advance(untilNs);
    }

    /** As far as an engine has come that has fired so many timers since the last record, and not all that are due. */
    static NaiveReplay ofSlice(
            EngineConfig config, PolicyReader policies, SimulatedDisk disk, long untilNs, long firedCount) {
        NaiveReplay replay = replay(config, policies, disk, Long.MAX_VALUE);
        if (replay.problem.isEmpty()) {
            EventRecordWriter slice = new EventRecordWriter().slice(untilNs, firedCount);
            replay.engine.apply(new EventRecord().wrap(slice.buffer(), 0));
        }
        return replay;
    }

    /** Replays, up to the first record that cannot be applied if there is one, and moves time on. */
    static NaiveReplay of(EngineConfig config, PolicyReader policies, SimulatedDisk disk, long untilNs) {
        return replay(config, policies, disk, Long.MAX_VALUE).advance(untilNs);
    }

    private static NaiveReplay replay(
            EngineConfig config, PolicyReader policies, SimulatedDisk disk, long endPosition) {
        NaiveReplay replay = new NaiveReplay(config, policies);
        EventRecord record = new EventRecord();
        try {
            new SimulatedEventJournal(disk, new SimulatedProcess(() -> {})).replay(0, (buffer, offset, length, at) -> {
                if (at < endPosition) {
                    replay.engine.apply(record.wrap(buffer, offset));
                    replay.records.add(disk.record(at));
                }
            });
            replay.hashOfTheRecords = replay.stateHash();
        } catch (IllegalArgumentException e) {
            replay.problem = String.valueOf(e.getMessage());
        }
        return replay;
    }

    private NaiveReplay advance(long untilNs) {
        if (problem.isEmpty()) {
            engine.advance(Math.max(engine.nowNs(), untilNs));
        }
        return this;
    }

    /** Why a record could not be applied; empty if all could. */
    String problem() {
        return problem;
    }

    long stateHash() {
        return engine.views().stateHash();
    }

    /**
     * Whether an engine of the same time that knows the same may have this hash. A policy may make tickets forgettable
     * that were finished long ago; they are forgotten by the next cycle, which need not have come yet.
     */
    boolean gives(long stateHash) {
        EventRecord last = new EventRecord();
        boolean timeStoodStill = !records.isEmpty()
                && last.wrap(new UnsafeBuffer(records.get(records.size() - 1)), 0)
                                .arrivalNs()
                        == nowNs();
        return stateHash == stateHash() || (timeStoodStill && stateHash == hashOfTheRecords);
    }

    long nowNs() {
        return engine.nowNs();
    }

    /** The first alert kept that differs from what the events give, in words; empty if there is none. */
    String firstDifference(List<byte[]> kept) {
        for (int i = 0; i < Math.min(kept.size(), alerts.size()); i++) {
            if (!areSame(kept.get(i), alerts.get(i))) {
                return "alert " + (i + 1) + " is kept as " + text(kept.get(i)) + ", the events give "
                        + text(alerts.get(i));
            }
        }
        return "";
    }

    /** Whether two alerts have the same bytes, but for the instant at which they were noticed. */
    static boolean areSame(byte[] one, byte[] other) {
        return one.length == other.length
                && Arrays.equals(one, 0, 32, other, 0, 32)
                && Arrays.equals(one, 40, one.length, other, 40, other.length);
    }

    static String text(byte[] alert) {
        AlertRecord record = new AlertRecord().wrap(new UnsafeBuffer(alert), 0);
        return record.id() + " at " + record.atNs() + " detected " + record.detectedNs();
    }

    private void onAlert(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        alerts.add(bytes);
    }
}
