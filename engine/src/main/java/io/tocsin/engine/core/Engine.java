package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertSink;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.rules.EventTypes;
import io.tocsin.engine.rules.Rulebook;
import io.tocsin.engine.snapshot.SnapshotDamagedException;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotSink;
import io.tocsin.engine.snapshot.SnapshotSource;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.TicketStatus;
import io.tocsin.engine.ticket.TicketStore;
import io.tocsin.engine.timer.TimerWheel;
import io.tocsin.engine.timer.Timers;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The core: keeps every ticket and every promise, and finds warnings, breaches and escalations. It takes stamped records
 * and the time from outside and gives alerts to a sink; the same input gives the same alerts and the same
 * {@link EngineViews#stateHash()}.
 *
 * <p>One thread. Engine time never goes backwards: a record or an instant from before it is an
 * {@link IllegalArgumentException}. In steady state nothing is allocated.
 */
public final class Engine {
    /** So many records are of use to {@link #expect} at a time. */
    public static final int MOST_EXPECTED = LookAhead.MOST;

    private static final PolicySet NO_POLICIES =
            new PolicySet(ZoneOffset.UTC, PolicySet.DEFAULT_FORGET_AFTER_NS, List.of(), List.of(), List.of());

    /** Is told when a timer found a threshold, for measuring; on the core's thread. */
    @FunctionalInterface
    public interface ExpiryListener {
        /** A threshold that was crossed at {@code atNs} was found at {@code detectedNs}. */
        void onExpired(long atNs, long detectedNs);
    }

    private final EngineState state;
    private final Timers timers;
    private final LookAhead lookAhead;
    private final Timers.Handler onExpired = this::onExpired;
    private final EngineViews views;
    private ExpiryListener expiryListener = (atNs, detectedNs) -> {};
    private ForgetListener forgetListener = ticket -> {};

    private Rulebook rules;
    private long nowNs = Long.MIN_VALUE;
    private long firedSinceRecord;
    private boolean tickedSinceRecord;

    /**
     * An engine that knows nothing yet and has no policy.
     *
     * @param policyReader reads the policies that come as records
     * @param sink takes the alerts, during the calls that cause them
     */
    public Engine(EngineConfig config, PolicyReader policyReader, AlertSink sink) {
        state = new EngineState(config, policyReader, sink);
        timers = new TimerWheel(state.tickets::number, 1_024);
        lookAhead = new LookAhead(state, timers);
        rules = new Rulebook(NO_POLICIES, state.registry, state.attributes);
        state.tickets.forgetAfterNs(rules.policies().forgetAfterNs());
        views = new EngineViews(this, state);
    }

    /**
     * Tells that a stamped record will be applied soon, some of them before the first is: what they need is then fetched from
     * memory for all of them at once. Changes nothing but the time it takes; {@link #MOST_EXPECTED} at a time.
     */
    public void expect(EventRecord record) {
        lookAhead.expect(record);
    }

    /**
     * Applies one stamped record: fires what is due before its arrival, then lets it happen. An event that {@linkplain
     * EventRecord#isBehind() overtakes} timers has only its own ticket's fired before it, in their order; of a slice as many
     * fire as it says.
     *
     * @throws IllegalArgumentException if it arrived before the engine's time, or a policy in it cannot be read
     */
    public void apply(EventRecord record) {
        lookAhead.touch();
        switch (record.kind()) {
            case EVENT -> {
                if (record.isBehind()) {
                    overtake(record);
                } else {
                    advance(record.arrivalNs());
                }
                state.counts.events++;
                applyEvent(record, lookAhead.placeOfChange());
                state.objectives.prepare(nowNs);
            }
            case POLICY -> {
                advance(record.arrivalNs());
                use(state.policies.add(record.policyText()));
            }
            case SLICE -> {
                moveTo(record.arrivalNs());
                tickUntil(nowNs);
                expire(nowNs, record.firedCount());
            }
        }
        firedSinceRecord = 0;
        tickedSinceRecord = false;
    }

    /** Puts policies into force at an instant, as a record would; but without their text there is no snapshot any more. */
    public void use(PolicySet policies, long arrivalNs) {
        advance(arrivalNs);
        use(state.policies.addWithoutText(policies));
    }

    /** Moves engine time on and fires everything due strictly before it. */
    public void advance(long newNowNs) {
        moveTo(newNowNs);
        tickUntil(nowNs);
        expire(nowNs, Long.MAX_VALUE);
    }

    /**
     * As {@link #advance}, but fires so many at most and in a bounded time. What is left is for the next call, or for the
     * next record that is not {@linkplain EventRecord#isBehind() behind} it.
     *
     * @return how many fired
     */
    public int advanceSome(long newNowNs, int limit) {
        moveTo(newNowNs);
        int fired = 0;
        while (true) {
            long untilNs = Math.min(nowNs, state.objectives.nextTickNs());
            fired += fireSome(untilNs, limit - fired);
            if (untilNs == nowNs || timers.isBehind(untilNs)) {
                return fired;
            }
            state.objectives.tick(timers, nowNs);
            tickedSinceRecord = true;
        }
    }

    private int fireSome(long untilNs, int limit) {
        int fired = 0;
        int part;
        do {
            part = Math.min(limit - fired, LookAhead.MOST);
            if (timers.isBehind(untilNs)) {
                lookAhead.expectExpiries(untilNs, part);
            }
            part = timers.expireSome(untilNs, part, onExpired);
            fired += part;
        } while (part == LookAhead.MOST);
        firedSinceRecord += fired;
        return fired;
    }

    /** Whether something due before engine time has not fired, as far as that is known. */
    public boolean isBehind() {
        return timers.isBehind(nowNs) || !mayBeOvertaken();
    }

    /**
     * Whether an event may be applied although timers due before it have not fired: not while objectives have to be looked at,
     * because what they see must be the same in a replay.
     */
    public boolean mayBeOvertaken() {
        return state.objectives.nextTickNs() >= nowNs;
    }

    /** How many timers have fired since the last record: what a slice must say in front of an event that overtakes others. */
    public long firedSinceRecord() {
        return firedSinceRecord;
    }

    /**
     * Whether timers have fired or objectives were looked at since the last record: a slice must say so in front of an event
     * that overtakes others.
     */
    public boolean needsSlice() {
        return firedSinceRecord > 0 || tickedSinceRecord;
    }

    /** Looks at objectives at each tick before an instant, after everything that is due before the tick. */
    private void tickUntil(long untilNs) {
        while (state.objectives.nextTickNs() < untilNs) {
            expire(state.objectives.nextTickNs(), Long.MAX_VALUE);
            state.objectives.tick(timers, nowNs);
        }
    }

    /** Lets every timer run out; engine time ends at the last one. */
    public void runOut() {
        for (long next = timers.earliestNs(); next != Timers.NEVER; next = timers.earliestNs()) {
            nowNs = Math.max(nowNs, next);
            tickUntil(nowNs);
            timers.expire(next + 1, Integer.MAX_VALUE, onExpired);
        }
    }

    /**
     * Writes everything this engine knows, so that another one goes on from it as this one would. Changes nothing.
     *
     * @param position how many records of the journal were applied to this engine
     * @throws IllegalStateException if policies were put into force that were no record
     */
    public void writeSnapshot(SnapshotSink sink, long position) {
        new EngineSnapshot(this, state)
                .write(new SnapshotWriter(sink, position, state.keys.window().capacity()));
    }

    /**
     * Brings a new engine to where the one was that wrote a snapshot. After a failure it must not be used.
     *
     * @return how many records of the journal the snapshot holds; those behind them come next
     * @throws SnapshotDamagedException if the snapshot is not as it was written, or of an unknown version
     * @throws IllegalStateException if this engine is not new, or remembers another number of idempotency keys
     */
    public long readSnapshot(SnapshotSource source) {
        if (nowNs != Long.MIN_VALUE) {
            throw new IllegalStateException("engine time is " + nowNs + ": a snapshot is for a new engine only");
        }
        SnapshotReader in = new SnapshotReader(source);
        if (in.rememberedIds() != state.keys.window().capacity()) {
            throw new IllegalStateException("the snapshot was written by an engine that remembers " + in.rememberedIds()
                    + " idempotency keys, this one remembers "
                    + state.keys.window().capacity()
                    + "; start it with the number of the snapshot");
        }
        new EngineSnapshot(this, state).read(in);
        return in.position();
    }

    /** Answers questions about this engine; on the engine's thread. */
    public EngineViews views() {
        return views;
    }

    /** Engine time in nanoseconds since the epoch; {@link Long#MIN_VALUE} before the first record. */
    public long nowNs() {
        return nowNs;
    }

    /** Begins to count anew how many alerts of each clock and kind are given; what is counted is no state. */
    public void countAlertsFromNow() {
        state.announcer.countFromNow();
    }

    /** Sets who is told of expired timers. */
    public void onExpiry(ExpiryListener listener) {
        expiryListener = listener;
    }

    /** Sets who is shown tickets before they leave memory. */
    public void onForget(ForgetListener listener) {
        forgetListener = listener;
    }

    /** Is shown a ticket before it leaves memory; on the core's thread. */
    @FunctionalInterface
    public interface ForgetListener {
        /** The ticket as it is forgotten; {@link EngineViews#ticketAt} shows it during this call. */
        void onForget(int ticket);
    }

    Rulebook rules() {
        return rules;
    }

    /** Goes on at an instant under the rules that are in force then. */
    void resume(long atNs, Rulebook rulesInForce) {
        nowNs = atNs;
        rules = rulesInForce;
        state.tickets.forgetAfterNs(rules.policies().forgetAfterNs());
        state.figures.use(rules.policies().figures(), rules.policies().timezone());
        state.customers.use(rules.policies().figures());
    }

    /** Everything of a snapshot is there: goes on watching figures. */
    void watch() {
        state.objectives.watch(rules.policies().objectives(), nowNs);
    }

    int armedTimers() {
        return timers.armedCount();
    }

    // ---- events

    private void applyEvent(EventRecord event, int placeOfChange) {
        if (state.keys.isKnown(event)) {
            state.counts.duplicates++;
            return;
        }
        int type = state.registry.eventTypes().find(event.buffer(), event.typeOffset(), event.typeLength());
        int ticket = state.tickets.find(event.buffer(), event.ticketOffset(), event.ticketLength());
        int resolvedBefore = 0;
        if (ticket == TicketStore.NONE) {
            if (type != EventTypes.OPENED) {
                state.counts.orphaned++;
                return;
            }
            ticket = open(event);
            happen(event, type, ticket, placeOfChange);
        } else {
            resolvedBefore = state.tickets.resolvedCount(ticket);
            state.figures.leave(ticket);
            happen(event, type == EventTypes.OPENED ? EventTypes.UNKNOWN : type, ticket, placeOfChange);
        }
        long nextNs = catchUp(ticket);
        state.figures.enter(ticket);
        state.customers.update(ticket, resolvedBefore == 0 && state.tickets.resolvedCount(ticket) > 0);
        arm(ticket, nextNs);
    }

    private int open(EventRecord event) {
        long idHash = state.tickets.soughtHash();
        int ticket = state.tickets.add(event.buffer(), event.ticketOffset(), event.ticketLength(), idHash);
        state.tickets.status(ticket, TicketStatus.OPEN, event.atNs());
        if (state.earlierLives.lastCycle(idHash) > 0) {
            state.tickets.setLivedBefore(ticket);
        }
        state.tickets.policy(ticket, rules.match(state.attributes, Attributes.EMPTY));
        return ticket;
    }

    /** Attributes first, then the policy they lead to, then the status, then the clocks. */
    private void happen(EventRecord event, int type, int ticket, int placeOfChange) {
        state.tickets.lastArrivalNs(ticket, nowNs);
        if (event.attributeCount() > 0) {
            int before = state.tickets.attributes(ticket);
            state.tickets.attributes(ticket, state.attributes.merge(before, event, placeOfChange));
            state.tickets.policy(ticket, rules.match(state.attributes, state.tickets.attributes(ticket)));
            state.clocks.retarget(ticket, rules, event.atNs(), nowNs);
        }
        if (type == EventTypes.UNKNOWN) {
            return;
        }
        moveStatus(ticket, type, event.atNs());
        state.notes.note(ticket, type, event);
        if (type == EventTypes.ACKNOWLEDGED) {
            state.clocks.acknowledge(ticket, event.atNs(), nowNs);
        }
        moveClocks(ticket, type, event.atNs());
    }

    /** The status of the latest event by event time stands; an event from before it does not change it. */
    private void moveStatus(int ticket, int type, long atNs) {
        TicketStatus last = state.tickets.status(ticket);
        TicketStatus next = statusAfter(type, last);
        if (next == null || atNs < state.tickets.statusAtNs(ticket)) {
            return;
        }
        state.notes.status(ticket, next, atNs);
        if (last != next && (last == TicketStatus.CANCELLED || next == TicketStatus.CANCELLED)) {
            state.clocks.settleAll(ticket, atNs, nowNs);
        }
    }

    /** A cancelled ticket is out of everything, whatever its own system does with it, until it is reopened. */
    @Nullable
    private static TicketStatus statusAfter(int type, TicketStatus last) {
        if (last == TicketStatus.CANCELLED && type != EventTypes.REOPENED) {
            return null;
        }
        return switch (type) {
            case EventTypes.PENDING -> TicketStatus.PENDING;
            case EventTypes.RESUMED, EventTypes.REOPENED -> TicketStatus.OPEN;
            case EventTypes.CUSTOMER_REPLIED -> last == TicketStatus.PENDING ? TicketStatus.OPEN : null;
            case EventTypes.RESOLVED -> TicketStatus.RESOLVED;
            case EventTypes.CLOSED -> TicketStatus.CLOSED;
            case EventTypes.CANCELLED -> TicketStatus.CANCELLED;
            case EventTypes.ABANDONED -> TicketStatus.ABANDONED;
            default -> null;
        };
    }

    private void moveClocks(int ticket, int type, long atNs) {
        for (int clock : rules.clocksMovedBy(type)) {
            int actions = rules.actions(type, clock, state.attributes, state.tickets.attributes(ticket));
            if (actions != 0) {
                state.clocks.act(ticket, clock, actions, rules, atNs, nowNs);
            }
        }
    }

    /** Announces at once, in order, what already lay in the past when it was measured; tells what comes next. */
    private long catchUp(int ticket) {
        long nextNs = state.clocks.nextNs(ticket);
        while (nextNs < nowNs) {
            state.clocks.announceAt(ticket, nextNs, nowNs, nowNs);
            nextNs = state.clocks.nextNs(ticket);
        }
        return nextNs;
    }

    // ---- policies

    private void use(Rulebook newRules) {
        rules = newRules;
        state.tickets.forgetAfterNs(rules.policies().forgetAfterNs());
        state.figures.use(rules.policies().figures(), rules.policies().timezone());
        boolean otherCustomers = state.customers.use(rules.policies().figures());
        for (int ticket : views.ticketsInOrder()) {
            state.figures.leave(ticket);
            state.tickets.policy(ticket, rules.match(state.attributes, state.tickets.attributes(ticket)));
            state.clocks.retarget(ticket, rules, nowNs, nowNs);
            long nextNs = catchUp(ticket);
            state.figures.enter(ticket);
            if (otherCustomers) {
                state.customers.relearn(ticket);
            }
            arm(ticket, nextNs);
        }
        state.objectives.use(rules.policies().objectives(), nowNs);
    }

    // ---- timers

    private void moveTo(long newNowNs) {
        if (newNowNs < nowNs) {
            throw new IllegalArgumentException("engine time is " + nowNs + " and cannot go back to " + newNowNs);
        }
        nowNs = newNowNs;
    }

    /** Fires what is due before an instant, until so many have fired since the last record. */
    private void expire(long untilNs, long most) {
        while (firedSinceRecord < most && timers.isBehind(untilNs)) {
            int limit = (int) Math.min(Integer.MAX_VALUE, most - firedSinceRecord);
            firedSinceRecord += timers.expire(untilNs, limit, onExpired);
        }
    }

    /** Tickets know nothing of each other, so of all that is due an event only has to wait for its own ticket's. */
    private void overtake(EventRecord event) {
        moveTo(event.arrivalNs());
        int ticket = state.tickets.find(event.buffer(), event.ticketOffset(), event.ticketLength());
        if (ticket == TicketStore.NONE) {
            return;
        }
        for (long atNs = timers.deadlineNs(ticket); atNs < nowNs; atNs = timers.deadlineNs(ticket)) {
            timers.cancel(ticket);
            onExpired(ticket, atNs);
        }
    }

    /**
     * Arms a ticket's timer.
     *
     * @param nextNs the next threshold of its clocks
     */
    private void arm(int ticket, long nextNs) {
        boolean finished = state.tickets.status(ticket).isFinished();
        state.tickets.toBeForgotten(ticket, finished && !state.clocks.anyOpen(ticket));
        schedule(ticket, nextNs);
    }

    void schedule(int ticket) {
        schedule(ticket, state.clocks.nextNs(ticket));
    }

    private void schedule(int ticket, long nextNs) {
        timers.schedule(ticket, Math.min(state.tickets.forgetAtNs(ticket), nextNs));
    }

    private void onExpired(int ticket, long atNs) {
        if (state.tickets.forgetAtNs(ticket) == atNs) {
            forget(ticket);
            return;
        }
        state.figures.leave(ticket);
        state.clocks.announceAt(ticket, atNs, atNs, nowNs);
        state.figures.enter(ticket);
        arm(ticket, state.clocks.nextNs(ticket));
        expiryListener.onExpired(atNs, nowNs);
    }

    private void forget(int ticket) {
        forgetListener.onForget(ticket);
        state.counts.forgottenHash += views.stateHash(ticket);
        state.figures.finish(ticket);
        int lastAnnounced = state.clocks.lastAnnounced(ticket);
        if (lastAnnounced > 0) {
            state.earlierLives.remember(state.tickets.idHash(ticket), lastAnnounced);
        }
        state.customers.forget(ticket);
        state.clocks.freeAll(ticket);
        state.moments.freeAll(ticket);
        state.tickets.remove(ticket);
    }
}
