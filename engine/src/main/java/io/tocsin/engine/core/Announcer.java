package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.alert.AlertSink;
import io.tocsin.engine.clock.AnnouncementStore;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Measure;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.rules.CompiledTarget;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.TicketStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Says what was found, and takes back what proved wrong: writes one alert record each, numbers it and remembers what was
 * announced of the cycle.
 *
 * <p>Ids are {@code TICKET/CLOCK/CYCLE/} and then {@code warning/50%}, {@code breach}, {@code escalation/1}, for a
 * repetition {@code escalation/1.2}; the second of its kind after a revocation ends in {@code #2}; a revocation is the
 * revoked id and {@code /revoked}. The core's thread; allocates nothing.
 */
final class Announcer {
    private static final byte[] SLASH = ascii("/");
    private static final byte[] WARNING = ascii("/warning/");
    private static final byte[] BREACH = ascii("/breach");
    private static final byte[] ESCALATION = ascii("/escalation/");
    private static final byte[] REPETITION = ascii(".");
    private static final byte[] NUMBER = ascii("#");
    private static final byte[] REVOKED = ascii("/revoked");
    private static final byte[] WHOLE_TARGET = ascii("100%");
    private static final byte[] NO_TEXT = {};
    private static final double MILLION = 1e6;
    private static final byte[][] NOBODY = {};
    private static final int KINDS = AlertKind.values().length;

    private final TicketStore tickets;
    private final EncodedAttributes encodedAttributes;
    private final CycleStore cycles;
    private final AnnouncementStore announcements;
    private final Measure measure;
    private final Registry registry;
    private final AlertSink sink;
    private final AlertRecordWriter writer = new AlertRecordWriter();
    private final long[] counts = new long[KINDS];
    /** By clock and kind, since the engine went live: {@code clock * KINDS + kind}. */
    private long[] liveCounts = new long[0];
    /** Objectives about figures of no clock, since the engine went live. */
    private long liveWithoutClock;

    private long seq;
    private long historyHash;

    Announcer(
            TicketStore tickets,
            Attributes attributes,
            CycleStore cycles,
            AnnouncementStore announcements,
            Measure measure,
            Registry registry,
            AlertSink sink) {
        this.tickets = tickets;
        this.encodedAttributes = new EncodedAttributes(attributes);
        this.cycles = cycles;
        this.announcements = announcements;
        this.measure = measure;
        this.registry = registry;
        this.sink = sink;
    }

    /** Announces what {@link Thresholds} found. */
    void announce(int ticket, int cycle, CompiledTarget target, Thresholds found, long atNs, long detectedNs) {
        switch (found.kind()) {
            case WARNING -> warn(ticket, cycle, target, target.warnings()[found.index()], atNs, detectedNs);
            case BREACH -> breach(ticket, cycle, target, atNs, detectedNs);
            case ESCALATION -> escalate(ticket, cycle, target, found, atNs, detectedNs);
            case REVOKED, OBJECTIVE -> throw new IllegalStateException(found.kind() + " is not a threshold");
        }
    }

    /**
     * Takes back what stands announced of a cycle, a breach before its escalations.
     *
     * @param causeAtNs event time of what proved it wrong
     */
    void revokeAll(int ticket, int cycle, long causeAtNs, long detectedNs) {
        for (int it = cycles.firstAnnouncement(cycle); it != AnnouncementStore.NONE; it = announcements.next(it)) {
            if (!announcements.isRevoked(it)) {
                announcements.revoke(it);
                revoke(ticket, cycle, it, causeAtNs, detectedNs);
            }
        }
        cycles.breached(cycle, false);
    }

    /** Announces that the figure of a group crossed the bound of an objective, or is well again. Allocates. */
    void announce(Objective objective, ObjectiveState group, double value, long count, long atNs, long detectedNs) {
        counts[AlertKind.OBJECTIVE.ordinal()]++;
        if (objective.clock() == null) {
            liveWithoutClock++;
        } else {
            countLive(registry.findClock(objective.clock()), AlertKind.OBJECTIVE);
        }
        long millionths = count == 0 ? AlertRecord.NONE : Math.round(value * MILLION);
        boolean crossed = group.isCrossed();
        writer.begin(
                AlertKind.OBJECTIVE,
                crossed ? 1 : 0,
                ++seq,
                atNs,
                AlertRecord.NONE,
                detectedNs,
                millionths,
                count,
                group.episode());
        writer.text(NO_TEXT)
                .text(utf8(group.path() + (crossed ? "/crossed" : "/cleared")))
                .text(utf8(objective.clock() == null ? "" : objective.clock()))
                .text(utf8(objective.name()))
                .text(utf8(crossed ? objective.boundText() : objective.clearText()))
                .text(utf8(objective.metric().text() + " " + objective.window().text()));
        objective.to().forEach(to -> writer.to(utf8(to)));
        group.key().forEach(part -> part.write(writer));
        finish();
    }

    /** The number of the last alert, 0 when there was none. */
    long lastSeq() {
        return seq;
    }

    /** How many alerts of a kind were given. */
    long count(AlertKind kind) {
        return counts[kind.ordinal()];
    }

    /** Forgets how many alerts of each clock and kind were given. */
    void countFromNow() {
        Arrays.fill(liveCounts, 0);
        liveWithoutClock = 0;
    }

    /** How many alerts of a clock and a kind were given since {@link #countFromNow}. */
    long count(int clock, AlertKind kind) {
        int at = clock * KINDS + kind.ordinal();
        return at < liveCounts.length ? liveCounts[at] : 0;
    }

    /** How many alerts about figures of no clock were given since {@link #countFromNow}. */
    long countWithoutClock() {
        return liveWithoutClock;
    }

    /** A hash of all alerts given, without the instants at which they were noticed. */
    long historyHash() {
        return historyHash;
    }

    /** Writes how many alerts were given; by kind in the order of their codes. */
    void save(SnapshotWriter out) {
        out.number(seq);
        out.fixed(historyHash);
        out.number(KINDS);
        for (long count : counts) {
            out.number(count);
        }
    }

    void load(SnapshotReader in) {
        seq = in.number();
        historyHash = in.fixed();
        int kinds = in.upTo(KINDS);
        for (int kind = 0; kind < kinds; kind++) {
            counts[kind] = in.number();
        }
    }

    private void warn(
            int ticket, int cycle, CompiledTarget target, CompiledTarget.Warn warning, long atNs, long detectedNs) {
        cycles.warned(cycle, warning.number());
        begin(AlertKind.WARNING, 0, cycle, target, atNs, detectedNs);
        beginId(ticket, cycle).append(WARNING).append(warning.text()).endText();
        end(ticket, cycle, target, warning.text(), AnnouncementStore.NONE, NOBODY);
    }

    private void breach(int ticket, int cycle, CompiledTarget target, long atNs, long detectedNs) {
        cycles.breached(cycle, true);
        int announced = announcements.append(cycle, AnnouncementStore.BREACH, 1, target.id());
        begin(AlertKind.BREACH, 0, cycle, target, atNs, detectedNs);
        beginId(ticket, cycle);
        appendAnnouncement(announced).endText();
        end(ticket, cycle, target, WHOLE_TARGET, AnnouncementStore.NONE, NOBODY);
    }

    private void escalate(int ticket, int cycle, CompiledTarget target, Thresholds found, long atNs, long detectedNs) {
        CompiledTarget.Step step = target.steps()[found.index()];
        int level = found.index() + 1;
        int announced = announcements.append(cycle, level, found.repetition(), target.id());
        begin(AlertKind.ESCALATION, level, cycle, target, atNs, detectedNs);
        beginId(ticket, cycle);
        appendAnnouncement(announced).endText();
        end(ticket, cycle, target, step.after(), AnnouncementStore.NONE, step.to());
    }

    private void revoke(int ticket, int cycle, int announced, long causeAtNs, long detectedNs) {
        CompiledTarget target = registry.target(announcements.target(announced));
        int level = announcements.level(announced);
        begin(AlertKind.REVOKED, level, cycle, target, causeAtNs, detectedNs);
        beginId(ticket, cycle);
        appendAnnouncement(announced).append(REVOKED).endText();
        boolean breach = level == AnnouncementStore.BREACH;
        byte[] threshold = breach ? WHOLE_TARGET : target.steps()[level - 1].after();
        byte[][] to = breach ? NOBODY : target.steps()[level - 1].to();
        end(ticket, cycle, target, threshold, announced, to);
    }

    private void begin(AlertKind kind, int level, int cycle, CompiledTarget target, long atNs, long detectedNs) {
        counts[kind.ordinal()]++;
        countLive(target.clock(), kind);
        long elapsedNs = measure.elapsedNs(cycle, target.calendar(), atNs);
        writer.begin(
                kind,
                level,
                ++seq,
                atNs,
                cycles.dueNs(cycle),
                detectedNs,
                elapsedNs,
                target.targetNs(),
                cycles.number(cycle));
    }

    private void countLive(int clock, AlertKind kind) {
        if (liveCounts.length <= clock * KINDS) {
            liveCounts = Arrays.copyOf(liveCounts, (clock + 1) * KINDS);
        }
        liveCounts[clock * KINDS + kind.ordinal()]++;
    }

    private AlertRecordWriter beginId(int ticket, int cycle) {
        writer.beginText()
                .append(tickets.idBuffer(ticket), tickets.idOffset(ticket), tickets.idLength(ticket))
                .endText();
        return beginCyclePath(ticket, cycle);
    }

    private AlertRecordWriter beginCyclePath(int ticket, int cycle) {
        return writer.beginText()
                .append(tickets.idBuffer(ticket), tickets.idOffset(ticket), tickets.idLength(ticket))
                .append(SLASH)
                .append(registry.clockName(cycles.clock(cycle)))
                .append(SLASH)
                .append(cycles.number(cycle));
    }

    private AlertRecordWriter appendAnnouncement(int announced) {
        int level = announcements.level(announced);
        if (level == AnnouncementStore.BREACH) {
            writer.append(BREACH);
        } else {
            writer.append(ESCALATION).append(level);
        }
        if (announcements.repetition(announced) > 1) {
            writer.append(REPETITION).append(announcements.repetition(announced));
        }
        if (announcements.number(announced) > 1) {
            writer.append(NUMBER).append(announcements.number(announced));
        }
        return writer;
    }

    private void end(int ticket, int cycle, CompiledTarget target, byte[] threshold, int revoked, byte[][] to) {
        writer.text(registry.clockName(target.clock())).text(target.policy()).text(threshold);
        if (revoked == AnnouncementStore.NONE) {
            writer.text(NO_TEXT);
        } else {
            beginCyclePath(ticket, cycle);
            appendAnnouncement(revoked).endText();
        }
        for (byte[] recipient : to) {
            writer.to(recipient);
        }
        encodedAttributes.write(tickets.attributes(ticket), writer);
        finish();
    }

    private void finish() {
        int length = writer.end();
        historyHash = Hashing.fold(historyHash, AlertRecord.hashWithoutDetected(writer.buffer(), 0, length));
        sink.onAlert(writer.buffer(), 0, length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
