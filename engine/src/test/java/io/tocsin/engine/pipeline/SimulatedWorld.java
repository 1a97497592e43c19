package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.pipeline.SimulationHistory.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A server, its machine, its senders, a follower and an operator, all made of one seed and moved by one thread: what
 * happens next, how fast time goes, what fails and when. Whatever happens, what the documentation promises is checked.
 */
final class SimulatedWorld {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    private static final long HOUR_NS = 60 * MINUTE_NS;
    private static final long GRID_NS = 5 * MINUTE_NS;
    private static final int MOST_STARTS = 20;
    /** An ordinary Monday, and a weekend on which clocks change. */
    private static final List<String> BEGINNINGS = List.of("2026-11-23T08:00:00Z", "2026-10-23T08:00:00Z");

    private final SimulationHistory history;
    private final Random random;
    private final SimulatedDisk disk;
    private final SimulatedClock clock;
    private final SimulatedTraffic traffic;
    private final SimulationChecks checks;
    private final SyncLevel level;
    private final EngineConfig config;
    private final SimulatedServer.Sizes sizes;
    private final int[] weights = new int[Step.values().length];
    private final int steps;
    private final int tempo;
    private final boolean twin;

    /** The power was cut and not all was forced: kept alerts need not belong to the events any more. */
    private boolean mayDisagree;

    @Nullable
    private SimulatedServer server;

    /** What may happen next; how likely it is at most. */
    private enum Step {
        OFFER(60),
        OFFER_ALL(10),
        BURST(4),
        POLICY(3),
        POISON(1),
        TIME(30),
        JUMP(3),
        SET_BACK(2),
        CORE(60),
        EGRESS(40),
        SYNC(30),
        SETTLE(10),
        ASK(3),
        CHECK(3),
        FOLLOW(8),
        STOP(2),
        PROCESS_CRASH(3),
        POWER_CUT(4),
        DIE_SOON(4),
        DEVICE_FAILURE(1),
        DAMAGE(2);

        final int most;

        Step(int most) {
            this.most = most;
        }

        /** Whether a world may do without it. */
        boolean isOptional() {
            return this != OFFER && this != TIME && this != CORE && this != EGRESS && this != SYNC;
        }
    }

    SimulatedWorld(long seed, SimulationHistory history) {
        this.history = history;
        // Neighbouring seeds would draw alike at first.
        random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
        long startNs =
                Instant.parse(BEGINNINGS.get(random.nextInt(BEGINNINGS.size()))).getEpochSecond() * SECOND_NS;
        disk = new SimulatedDisk(random);
        clock = new SimulatedClock(startNs);
        traffic = new SimulatedTraffic(random, startNs);
        level = SyncLevel.values()[random.nextInt(3)];
        config = new EngineConfig(oneIn(3) ? 1 + random.nextInt(20) : 1_000);
        sizes = new SimulatedServer.Sizes(64 << random.nextInt(3), oneIn(2) ? 64 : 512);
        checks = new SimulationChecks(history, disk, traffic::read, config, level);
        for (Step step : Step.values()) {
            boolean missing = step.isOptional() && oneIn(5);
            weights[step.ordinal()] = missing ? 0 : 1 + random.nextInt(step.most);
        }
        steps = 50 + random.nextInt(200);
        tempo = random.nextInt(4);
        twin = oneIn(8);
        history.add("level " + level + ", " + config + ", " + sizes + ", steps " + steps);
    }

    /** Lets it happen. */
    void run() {
        for (int i = 0; i < steps; i++) {
            if (server == null) {
                idle();
            } else {
                happen(next());
            }
            afterwards();
        }
        end();
    }

    // ---- the server is down

    private void idle() {
        switch (random.nextInt(8)) {
            case 0 -> passTime();
            case 1 -> powerCut();
            case 2 -> damage();
            case 3 -> follow();
            default -> start(oneIn(5));
        }
    }

    /** What an operator does until the server runs, or dies again. */
    private void start(boolean mayDie) {
        for (int i = 0; i < MOST_STARTS; i++) {
            SimulatedProcess process = new SimulatedProcess(this::othersGoOn);
            if (mayDie) {
                process.dieWithin(random.nextInt(1 << random.nextInt(9)));
            }
            if (startOnce(process)) {
                return;
            }
        }
        throw new AssertionError("the server did not start in " + MOST_STARTS + " attempts");
    }

    /** Whether there is nothing more that an operator could do: it runs, or it is dead. */
    private boolean startOnce(SimulatedProcess process) {
        history.saw(Seen.STARTS);
        SimulatedServer starting;
        RecoveryReport report;
        try {
            starting = new SimulatedServer(disk, clock, level, sizes, config, traffic::read, random, process, checks);
            report = starting.recover();
        } catch (PoisonedRecordException e) {
            if (process.isDead()) {
                return diedWhileRecovering();
            }
            skipPoisoned(e);
            return false;
        } catch (IllegalStateException e) {
            if (process.isDead()) {
                return diedWhileRecovering();
            }
            refused(e);
            return false;
        } catch (SimulatedProcess.Died e) {
            return diedWhileRecovering();
        }
        history.step("start: " + report + ", alerts kept " + disk.alerts().size());
        history.saw(Seen.SNAPSHOTS_USED, report.snapshotPosition() > 0 ? 1 : 0);
        history.saw(Seen.SNAPSHOTS_PASSED_OVER, report.remarks().size());
        checks.throwViolation();
        checks.checkRecovered(starting.pipeline());
        starting.start(firstRecord());
        server = starting;
        mayDisagree = false;
        if (process.isDead()) {
            throw new AssertionError("dead without having said so");
        }
        process.dieWithin(Integer.MAX_VALUE);
        return true;
    }

    private boolean diedWhileRecovering() {
        history.step("died while recovering");
        history.saw(Seen.CRASHES_WHILE_RECOVERING);
        if (oneIn(3)) {
            powerCut();
        }
        return true;
    }

    /** A server without a policy is given one; another one is sometimes. */
    private byte @Nullable [] firstRecord() {
        boolean hasPolicy = false;
        for (long position = 0; position < disk.endPosition() && !hasPolicy; position++) {
            hasPolicy = !disk.isSkipped(position)
                    && new EventRecord()
                                    .wrap(new UnsafeBuffer(disk.record(position)), 0)
                                    .kind()
                            == RecordKind.POLICY;
        }
        return hasPolicy && !oneIn(6) ? null : traffic.policy();
    }

    private void skipPoisoned(PoisonedRecordException e) {
        checkPoisoned(e);
        history.step("refused: " + e.getMessage() + "; skipped");
        history.saw(Seen.POISONED_RECORDS);
        disk.skip(e.position());
    }

    /** Nothing but a record that nobody can read may be refused, and it is in the journal. */
    private void checkPoisoned(PoisonedRecordException e) {
        if (e.position() >= disk.endPosition()) {
            throw new AssertionError("a record was applied that is not in the journal: " + e.getMessage(), e);
        }
        EventRecord record = new EventRecord().wrap(new UnsafeBuffer(disk.record(e.position())), 0);
        if (record.kind() != RecordKind.POLICY || !SimulatedTraffic.isPoison(record.policyText())) {
            throw new AssertionError("a record that could be applied is refused: " + e.getMessage(), e);
        }
    }

    /** The documented refusals, each when it is due and with what the documentation says to do. */
    private void refused(IllegalStateException e) {
        String message = String.valueOf(e.getMessage());
        history.step("refused: " + message);
        if (disk.hasTornEvents() && message.startsWith("simulated events:")) {
            history.saw(Seen.EVENTS_TORN);
            disk.skipTorn();
        } else if (disk.isLastAlertTorn() && message.startsWith("simulated alerts:")) {
            history.saw(Seen.ALERTS_TORN);
            moveAlertsAway();
        } else if (mayDisagree && SimulationChecks.saysThatAlertsDisagree(message) && checks.doAlertsDisagree()) {
            history.saw(Seen.ALERTS_REFUSED);
            moveAlertsAway();
        } else {
            throw new AssertionError("a refusal that is not due: " + message, e);
        }
    }

    private void moveAlertsAway() {
        disk.moveAlertsAway();
        checks.alertsMovedAway();
    }

    // ---- the server runs

    private Step next() {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int drawn = random.nextInt(sum);
        for (Step step : Step.values()) {
            drawn -= weights[step.ordinal()];
            if (drawn < 0) {
                return step;
            }
        }
        throw new IllegalStateException("weights do not add up to " + sum);
    }

    private void happen(Step step) {
        switch (step) {
            case OFFER -> offer();
            case OFFER_ALL -> offerAll(1 + random.nextInt(10));
            case BURST -> burst();
            case POLICY -> offer(traffic.policy(), "policy");
            case POISON -> offer(traffic.poison(), "poison");
            case TIME -> passTime();
            case JUMP -> jump();
            case SET_BACK -> setBack();
            case CORE -> worked("core", server.stepCore());
            case EGRESS -> worked("egress", server.stepEgress());
            case SYNC -> worked("sync", server.stepSync());
            case SETTLE -> settle();
            case ASK -> ask();
            case CHECK -> check();
            case FOLLOW -> follow();
            case STOP -> stop();
            case PROCESS_CRASH -> processCrash("between two steps");
            case POWER_CUT -> powerCutOfAServer();
            case DIE_SOON -> server.process().dieWithin(random.nextInt(1 << random.nextInt(9)));
            case DEVICE_FAILURE -> server.process().failWithin(random.nextInt(30));
            case DAMAGE -> damage();
        }
    }

    /** What can happen while another thread or process waits for the device. */
    private void othersGoOn() {
        if (server == null || server.isClosing() || server.process().isDead() || !oneIn(3)) {
            return;
        }
        for (int left = random.nextInt(4); left > 0 && server.failure() == null; left--) {
            switch (random.nextInt(5)) {
                case 0 -> offer();
                case 1 -> passTime();
                case 2 -> server.stepCore();
                case 3 -> server.stepEgress();
                default -> server.stepSync();
            }
        }
    }

    private void offer() {
        offer(traffic.event(clock.nowNs()), "event");
    }

    private void offer(byte[] record, String what) {
        if (server.failure() != null) {
            return;
        }
        boolean taken = server.offer(record);
        history.step(what + (taken ? " taken" : " refused"));
        history.saw(taken ? Seen.EVENTS : Seen.RING_FULL);
    }

    private void offerAll(int count) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(traffic.event(clock.nowNs()));
        }
        boolean taken = server.offerAll(records);
        history.step(count + " events " + (taken ? "taken" : "refused"));
        history.saw(taken ? Seen.EVENTS : Seen.RING_FULL, taken ? count : 1);
    }

    private void burst() {
        int left = random.nextInt(2 * sizes.eventSlots());
        boolean full = false;
        while (left > 0 && !full) {
            int count = 1 + random.nextInt(Math.min(left, 8));
            long before = history.count(Seen.RING_FULL);
            offerAll(count);
            full = history.count(Seen.RING_FULL) > before;
            left -= count;
        }
    }

    private void worked(String what, boolean worked) {
        history.step(what + (worked ? "" : " idle"));
    }

    private void settle() {
        history.step("settle");
        server.settle();
        if (server.failure() == null && !server.process().isDead()) {
            SimulatedServer.equal("nothing is on its way any more", true, server.isIdle() || level == SyncLevel.OS);
            checks.checkAtRest(server.pipeline());
        }
    }

    /** A hash asked for through the front door is that of the events so far. */
    private void ask() {
        history.step("ask");
        CompletableFuture<Long> hash = server.pipeline().stateHash();
        server.stepCore();
        if (server.failure() != null || server.process().isDead()) {
            return;
        }
        if (!hash.isDone()) {
            throw new AssertionError("a question was not answered by the core's next cycle");
        }
        SimulationChecks.checkHash(server.pipeline().engine(), checks.checkState(server.pipeline()), hash.join());
    }

    private void check() {
        history.step("check");
        if (server.failure() == null) {
            checks.checkState(server.pipeline());
        }
    }

    /** Runs the follower, as a process of its own; it may die. */
    private void follow() {
        SimulatedProcess process = new SimulatedProcess(this::othersGoOn);
        if (oneIn(3)) {
            process.dieWithin(random.nextInt(1 << random.nextInt(6)));
        } else if (oneIn(10)) {
            process.failWithin(random.nextInt(10));
        }
        try {
            SimulatedEventJournal events = new SimulatedEventJournal(disk, process);
            OptionalLong position =
                    Follower.run(config, traffic::read, events, new SimulatedSnapshotStore(disk, process, 1 << 16));
            history.step("followed: " + position);
            history.saw(Seen.SNAPSHOTS_FOLLOWED, position.isPresent() ? 1 : 0);
        } catch (SimulatedProcess.Died e) {
            history.step("follower: " + e.getMessage());
            history.saw(Seen.CRASHES_OF_THE_FOLLOWER);
        } catch (SimulatedProcess.DeviceFailure e) {
            history.step("follower: " + e.getMessage());
        } catch (PoisonedRecordException e) {
            history.step("follower: " + e.getMessage());
            checkPoisoned(e);
        } catch (IllegalStateException e) {
            if (!disk.hasTornEvents() || !String.valueOf(e.getMessage()).startsWith("simulated events:")) {
                throw e;
            }
            history.step("follower: " + e.getMessage());
        }
    }

    private void stop() {
        SimulatedServer stopping = server;
        if (oneIn(3)) {
            stopping.process().dieWithin(random.nextInt(1 << random.nextInt(7)));
        }
        try {
            stopping.close(oneIn(4));
        } catch (IllegalStateException | SimulatedProcess.Died e) {
            stoppedBadly(stopping, e);
            return;
        }
        if (stopping.process().isDead() || stopping.failure() != null) {
            return; // Which is seen to afterwards.
        }
        stopping.check();
        SimulatedServer.equal("everything taken is acknowledged at a stop", true, stopping.isIdle());
        SimulatedServer.equal("everything is forced at a stop", disk.endPosition(), disk.forcedPosition());
        SimulatedServer.equal("all alerts are forced at a stop", disk.alerts().size(), disk.forcedAlerts());
        history.step("stopped");
        left(stopping);
        if (!oneIn(4)) {
            follow();
            history.saw(Seen.SNAPSHOTS_AT_A_STOP);
        }
    }

    private void stoppedBadly(SimulatedServer stopping, Throwable e) {
        history.step("stopped: " + e.getMessage());
        if (stopping.process().isDead()) {
            history.saw(Seen.CRASHES_WHILE_STOPPING);
        } else if (stopping.tookTooLongToStop()) {
            history.saw(Seen.STOPS_GIVEN_UP);
            left(stopping);
        } else if (e instanceof SimulatedProcess.DeviceFailure) {
            left(stopping);
        } else if (stopping.failure() == null) {
            throw new AssertionError("a stop went wrong without a reason: " + e.getMessage(), e);
        }
    }

    private void processCrash(String where) {
        history.step("process crash " + where);
        history.saw(Seen.PROCESS_CRASHES);
        left(server);
    }

    private void powerCutOfAServer() {
        left(server);
        powerCut();
    }

    private void powerCut() {
        int alerts = disk.alerts().size();
        history.step(disk.powerCut());
        history.saw(Seen.POWER_CUTS);
        checks.powerCut();
        if (level == SyncLevel.ALWAYS) {
            history.saw(Seen.ALERTS_LOST_AND_GIVEN_AGAIN, alerts - disk.alerts().size());
            clock.set(checks.notBeforeWhatWasShown(clock.nowNs()));
        } else {
            mayDisagree = true;
        }
    }

    /** The server is gone; what it acknowledged must be there for ever. */
    private void left(SimulatedServer gone) {
        checks.acknowledged(gone.acknowledgedPosition());
        history.saw(Seen.CORE_WAITED, gone.coreWaits());
        server = null;
    }

    private void damage() {
        if (!disk.snapshotPositions().isEmpty()) {
            history.step("damage of the snapshot of position " + disk.damageASnapshot());
            history.saw(Seen.SNAPSHOTS_DAMAGED);
        }
    }

    /** After each step: was something found, did the server die, did its engine stop? */
    private void afterwards() {
        checks.throwViolation();
        SimulatedServer running = server;
        if (running == null) {
            return;
        }
        if (running.process().isDead()) {
            throwIfViolated(running.failure());
            history.saw(Seen.CRASHES_INSIDE_A_STEP);
            processCrash("in the middle of something");
            if (oneIn(2)) {
                powerCut();
            }
            return;
        }
        running.check();
        if (running.failure() != null) {
            stopped(running);
        }
    }

    /** An engine that stopped by itself must have been given a reason; the server ends as it can. */
    private void stopped(SimulatedServer failed) {
        Throwable reason = failed.failure();
        throwIfViolated(reason);
        history.step("the engine stopped: " + reason);
        if (reason instanceof SimulatedProcess.DeviceFailure) {
            history.saw(Seen.DEVICE_FAILURES);
        } else if (reason instanceof PoisonedRecordException poisoned) {
            checkPoisoned(poisoned);
        } else {
            throw new AssertionError("the engine stopped without a reason: " + reason, reason);
        }
        try {
            failed.close(false);
        } catch (SimulatedProcess.Died | IllegalStateException e) {
            history.add("  stopping: " + e.getMessage());
        }
        left(failed);
    }

    private static void throwIfViolated(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AssertionError violated) {
                throw violated;
            }
        }
    }

    // ---- time

    private void passTime() {
        long nowNs = clock.nowNs();
        long byNs = switch (random.nextInt(6)) {
            case 0 -> random.nextInt(1_000);
            case 1 -> random.nextInt(10) * SECOND_NS + random.nextInt(1_000_000_000);
            case 2 -> GRID_NS - nowNs % GRID_NS;
            case 3 -> GRID_NS - nowNs % GRID_NS + 1;
            case 4 -> (1L + random.nextInt(10)) * tempo * MINUTE_NS;
            default -> random.nextInt(3) * tempo * GRID_NS;
        };
        clock.set(nowNs + byNs);
        history.step("time " + Instant.ofEpochSecond(0, clock.nowNs()));
    }

    private void jump() {
        clock.set(clock.nowNs() + 1 + (long) (random.nextDouble() * 12 * HOUR_NS));
        history.step("jump to " + Instant.ofEpochSecond(0, clock.nowNs()));
    }

    /** The system clock is corrected: engine time must not mind. */
    private void setBack() {
        clock.set(checks.notBeforeWhatWasShown(clock.nowNs() - (long) (random.nextDouble() * 6 * HOUR_NS)));
        history.step("set back to " + Instant.ofEpochSecond(0, clock.nowNs()));
        history.saw(Seen.CLOCK_SET_BACK);
    }

    /** However it went: it starts, it comes to rest, it comes back the same, and time brings the rest. */
    private void end() {
        for (int round = 0; round < 2; round++) {
            if (server == null) {
                start(false);
            }
            server.process().dieWithin(Integer.MAX_VALUE);
            server.process().failWithin(Integer.MAX_VALUE);
            settle();
            if (server.process().isDead()) {
                processCrash("while it came to rest");
                round--;
                continue;
            }
            if (server.failure() != null) {
                stopped(server);
                round--;
                continue;
            }
            stop();
            checks.throwViolation();
            if (server != null) {
                afterwards();
            }
            clock.set(clock.nowNs() + TimeUnit.DAYS.toNanos(3));
        }
        if (server == null) {
            start(false);
        }
        if (twin) {
            checks.compareWithTwin(clock.nowNs());
        }
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }
}
