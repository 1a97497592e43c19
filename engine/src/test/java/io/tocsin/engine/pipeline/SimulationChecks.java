package io.tocsin.engine.pipeline;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.core.TwinReplay;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.pipeline.SimulationHistory.Seen;
import io.tocsin.engine.policy.PolicyReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the documentation promises of a server over all its lives, held against what is on the disk: what everybody saw and
 * was told must be there, and all of it must be what the events come to.
 */
final class SimulationChecks {
    private final SimulationHistory history;
    private final SimulatedDisk disk;
    private final PolicyReader policies;
    private final EngineConfig config;
    private final SyncLevel level;

    /** Every alert that somebody may have seen and that must be there again, by number. */
    private final List<byte[]> shown = new ArrayList<>();

    /** What must be in the journal whatever comes. */
    private long acknowledgedPosition;

    /** So many alerts were kept when their causes were last looked at. */
    private int checkedCauses;

    @Nullable
    private AssertionError violation;

    SimulationChecks(
            SimulationHistory history,
            SimulatedDisk disk,
            PolicyReader policies,
            EngineConfig config,
            SyncLevel level) {
        this.history = history;
        this.disk = disk;
        this.policies = policies;
        this.config = config;
        this.level = level;
    }

    // ---- what happened

    /** Everything up to a position was acknowledged by a server that is gone. */
    void acknowledged(long position) {
        acknowledgedPosition = Math.max(acknowledgedPosition, position);
    }

    /** The power was cut: but for the strictest level, what is gone may be gone. */
    void powerCut() {
        if (level != SyncLevel.ALWAYS) {
            acknowledgedPosition = Math.min(acknowledgedPosition, disk.endPosition());
            shown.subList(Math.min(shown.size(), disk.alerts().size()), shown.size())
                    .clear();
        }
    }

    /** Events were let in front of timers that were due. */
    void onSlice() {
        history.saw(Seen.TIMERS_OVERTAKEN);
    }

    /** The operator gave up the kept alerts; where no event can be lost, the same ones come again. */
    void alertsMovedAway() {
        if (level != SyncLevel.ALWAYS) {
            shown.clear();
        }
    }

    /** An alert is kept, and so everybody may see it: under its number nothing else may ever have been seen. */
    void onShown(byte[] alert) {
        int count = disk.alerts().size();
        if (count > shown.size()) {
            shown.add(alert);
            history.saw(Seen.ALERTS);
        } else if (!NaiveReplay.areSame(shown.get(count - 1), alert) && violation == null) {
            violation = new AssertionError("alert " + count + " was shown as " + NaiveReplay.text(shown.get(count - 1))
                    + " and is now given as " + NaiveReplay.text(alert));
        }
    }

    // ---- checks

    /** Of a pipeline that has recovered and not started. */
    void checkRecovered(Pipeline recovered) {
        SimulatedServer.equal(
                "everything acknowledged is in the journal", true, disk.endPosition() >= acknowledgedPosition);
        NaiveReplay naive = checkState(recovered);
        SimulatedServer.equal(
                "alerts kept or given while recovering",
                naive.alerts.size(),
                disk.alerts().size());
        checkIds();
    }

    /** Of a pipeline in which nothing is on its way. */
    void checkAtRest(Pipeline resting) {
        NaiveReplay naive = checkState(resting);
        SimulatedServer.equal("alerts kept", naive.alerts.size(), disk.alerts().size());
        if (shown.size() > disk.alerts().size()) {
            throw new AssertionError("alert " + shown.size() + " was shown as "
                    + NaiveReplay.text(shown.get(shown.size() - 1)) + ", and is not there any more");
        }
    }

    /** State and alerts are what the journal comes to. */
    NaiveReplay checkState(Pipeline checked) {
        Engine engine = checked.engine();
        NaiveReplay naive = engine.isBehind()
                ? NaiveReplay.ofSlice(config, policies, disk, engine.nowNs(), engine.firedSinceRecord())
                : NaiveReplay.of(config, policies, disk, engine.nowNs());
        SimulatedServer.equal("what is wrong with the journal", "", naive.problem());
        SimulatedServer.equal("what is wrong with the alerts", "", naive.firstDifference(disk.alerts()));
        checkHash(engine, naive, engine.views().stateHash());
        return naive;
    }

    /** A state hash is that of the events; while objectives are to be looked at, no record could say how far the core has come. */
    static void checkHash(Engine engine, NaiveReplay naive, long stateHash) {
        boolean comparable = !engine.isBehind() || engine.mayBeOvertaken();
        if (comparable && !naive.gives(stateHash)) {
            throw new AssertionError(
                    "the state hash is " + stateHash + ", a naive replay comes to " + naive.stateHash());
        }
    }

    /**
     * With the strictest level an alert is not kept before what caused it is on the device: those kept are what the forced
     * events come to, without the others. In the middle of a step, so that nothing is forced meanwhile.
     */
    void checkCauses() {
        int kept = disk.alerts().size();
        boolean isNew = kept > checkedCauses;
        checkedCauses = kept;
        if (level != SyncLevel.ALWAYS || !isNew || disk.forcedPosition() == disk.endPosition()) {
            return;
        }
        long lastNs = detectedNs(disk.alerts().get(kept - 1));
        NaiveReplay forced = NaiveReplay.ofForced(config, policies, disk, lastNs);
        String difference = forced.firstDifference(disk.alerts());
        if (violation == null
                && (!difference.isEmpty() || (forced.problem().isEmpty() && forced.alerts.size() < kept))) {
            violation = new AssertionError("alert " + kept + " is kept as "
                    + NaiveReplay.text(disk.alerts().get(kept - 1)) + ", but of the events only those before "
                    + disk.forcedPosition() + " of " + disk.endPosition() + " are on the device, which do not give it"
                    + (difference.isEmpty() ? "" : ": " + difference));
        }
    }

    private void checkIds() {
        Set<String> ids = new HashSet<>();
        for (byte[] alert : disk.alerts()) {
            AlertRecord record = new AlertRecord().wrap(new UnsafeBuffer(alert), 0);
            SimulatedServer.equal("the number of an alert", ids.size() + 1L, record.seq());
            SimulatedServer.equal("the id " + record.id() + " is new", true, ids.add(record.id()));
        }
    }

    /** What was seen where nothing could be thrown. */
    void throwViolation() {
        if (violation != null) {
            throw violation;
        }
    }

    /** Whether the kept alerts are not those of the events, once time has come to where the last one was noticed. */
    boolean doAlertsDisagree() {
        List<byte[]> kept = disk.alerts();
        long lastNs = kept.isEmpty() ? Long.MIN_VALUE : detectedNs(kept.get(kept.size() - 1));
        NaiveReplay naive = NaiveReplay.of(config, policies, disk, lastNs);
        return !naive.firstDifference(kept).isEmpty()
                || (naive.problem().isEmpty() && naive.alerts.size() < kept.size());
    }

    static boolean saysThatAlertsDisagree(String message) {
        return message.matches(
                        "alert \\d+ is kept as .*, but the events give .*: the events that caused it are lost,.*")
                || message.matches("\\d+ alerts are kept, but the events give only \\d+: the last events are lost,.*");
    }

    /**
     * What a power cut took of the alerts that time alone brought comes again when time comes there again: until then the
     * clock must not be set back as well, which is the documented limit.
     */
    long notBeforeWhatWasShown(long ns) {
        boolean isAllThere = shown.size() <= disk.alerts().size();
        return isAllThere ? ns : Math.max(ns, detectedNs(shown.get(shown.size() - 1)));
    }

    /** Alerts up to an instant are those of the engine's twin. */
    void compareWithTwin(long untilNs) {
        NaiveReplay naive = NaiveReplay.of(config, policies, disk, untilNs);
        if (naive.records.isEmpty()
                || new EventRecord()
                                .wrap(new UnsafeBuffer(naive.records.get(0)), 0)
                                .kind()
                        != RecordKind.POLICY) {
            return;
        }
        TwinReplay.compare(naive.records, policies, config.rememberedIds(), naive.nowNs(), naive.alerts);
        history.saw(Seen.COMPARED_WITH_THE_TWIN);
    }

    private static long detectedNs(byte[] alert) {
        return new AlertRecord().wrap(new UnsafeBuffer(alert), 0).detectedNs();
    }
}
