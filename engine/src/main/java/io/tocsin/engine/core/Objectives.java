package io.tocsin.engine.core;

import io.tocsin.engine.core.ObjectiveState.KeyPart;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.stats.Figures;
import io.tocsin.engine.stats.Group;
import io.tocsin.engine.stats.PinnedWindow;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.timer.Timers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Watches what the policy file's objectives say of figures: at every tenth second of engine time it looks at each group's
 * figure, and announces when one crosses its bound and when it is well again. The instants follow from the records alone,
 * and so do the figures at them, so that a replay announces the same. Ticks lie before what happens at their instant: they
 * are made as timers are, strictly before now. The core's thread; allocates when something is announced, and for groups.
 */
final class Objectives {
    /** Ticks that will not come. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long TICK_NS = 10_000_000_000L;
    /** With so many facts taken away after each record, hardly any are left for the tick. */
    private static final int MOST_AT_A_TIME = 64;

    private final Attributes attributes;
    private final Figures figures;
    private final Registry registry;
    private final Announcer announcer;
    private final List<Watch> watches = new ArrayList<>();
    /** By {@link ObjectiveState#name}. */
    private final Map<String, ObjectiveState> states = new TreeMap<>();

    private final List<Finding> findings = new ArrayList<>();
    private long nextTickNs = NEVER;

    private record Watch(Objective objective, int clock, PinnedWindow window) {}

    private record Finding(ObjectiveState state, double value, long count) {}

    Objectives(Attributes attributes, Figures figures, Registry registry, Announcer announcer) {
        this.attributes = attributes;
        this.figures = figures;
        this.registry = registry;
        this.announcer = announcer;
    }

    /**
     * Watches what another file says from now on. What is crossed under an objective that is gone, or says something else
     * now, is cleared.
     */
    void use(List<Objective> objectives, long nowNs) {
        for (Watch watch : watches) {
            if (!objectives.contains(watch.objective)) {
                clearAll(watch.objective, nowNs);
            }
        }
        watch(objectives, nowNs);
    }

    /** Watches what a file says; nothing is announced. */
    void watch(List<Objective> objectives, long nowNs) {
        if (!watches.isEmpty()) {
            watches.clear();
            figures.unpin();
        }
        for (Objective objective : objectives) {
            int clock = objective.clock() == null ? -1 : registry.findClock(objective.clock());
            watches.add(new Watch(objective, clock, figures.pin(objective.by(), objective.window(), nowNs)));
        }
        nextTickNs = watches.isEmpty() ? NEVER : onGrid(nowNs);
    }

    /** When the figures are to be looked at next, or {@link #NEVER}. */
    long nextTickNs() {
        return nextTickNs;
    }

    /** Does a little of what the next tick will need. */
    void prepare(long nowNs) {
        for (int i = 0; i < watches.size(); i++) {
            watches.get(i).window.moveTo(nowNs, MOST_AT_A_TIME);
        }
    }

    /**
     * Looks at the figures as they are at the next tick; everything before it must have happened.
     *
     * @param timers until the next of them is due nothing happens by itself; asked only if there is nothing to look at, as it
     *     may cost a scan
     */
    void tick(Timers timers, long detectedNs) {
        long atNs = nextTickNs;
        boolean quiet = true;
        for (Watch watch : watches) {
            watch.window.moveTo(atNs, Integer.MAX_VALUE);
            if (!watch.window.isEmpty()) {
                quiet = false;
                look(watch, atNs, detectedNs);
            }
        }
        nextTickNs = atNs + TICK_NS;
        if (quiet && detectedNs > nextTickNs) {
            rest(Math.min(timers.earliestNs(), detectedNs));
        }
    }

    /** Passes over ticks at which there is nothing to look at, up to an instant until which nothing happens. */
    private void rest(long untilNs) {
        if (untilNs > nextTickNs) {
            nextTickNs = onGrid(untilNs);
            for (Watch watch : watches) {
                watch.window.moveTo(untilNs, Integer.MAX_VALUE);
            }
        }
    }

    private void look(Watch watch, long atNs, long detectedNs) {
        Objective objective = watch.objective;
        watch.window.forEach(group -> {
            long count = group.count(objective.metric(), watch.clock);
            if (count >= objective.minCount()) {
                judge(objective, group, group.value(objective.metric(), watch.clock), count);
            }
        });
        findings.sort(Comparator.comparing(finding -> finding.state.group()));
        for (Finding finding : findings) {
            change(finding.state);
            announcer.announce(objective, finding.state, finding.value, finding.count, atNs, detectedNs);
        }
        findings.clear();
    }

    private void judge(Objective objective, Group group, double value, long count) {
        if (!(group.note() instanceof ObjectiveState)) {
            group.note(state(objective, group));
        }
        ObjectiveState state = (ObjectiveState) group.note();
        if (state != null && (state.isCrossed() ? objective.isClearedBy(value) : objective.isCrossedBy(value))) {
            findings.add(new Finding(state, value, count));
        }
    }

    private static void change(ObjectiveState state) {
        if (state.isCrossed()) {
            state.clear();
        } else {
            state.cross();
        }
    }

    private void clearAll(Objective objective, long nowNs) {
        for (ObjectiveState state : states.values()) {
            if (state.isCrossed() && state.objective().equals(objective.name())) {
                state.clear();
                announcer.announce(objective, state, 0, 0, nowNs, nowNs);
            }
        }
    }

    private ObjectiveState state(Objective objective, Group group) {
        List<KeyPart> key = new ArrayList<>();
        for (int i = 0; i < group.values().length; i++) {
            int value = group.values()[i];
            key.add(
                    value == Attributes.ABSENT
                            ? new KeyPart(objective.by().get(i), ValueKind.REMOVED, "")
                            : new KeyPart(objective.by().get(i), attributes.valueKind(value), attributes.text(value)));
        }
        ObjectiveState fresh = new ObjectiveState(objective.name(), key);
        return states.computeIfAbsent(ObjectiveState.name(objective.name(), fresh.group()), name -> fresh);
    }

    private static long onGrid(long nowNs) {
        return nowNs == Long.MIN_VALUE ? NEVER : -Math.floorDiv(-nowNs, TICK_NS) * TICK_NS;
    }

    // ---- snapshots

    void save(SnapshotWriter out) {
        out.number(states.size());
        states.values().forEach(state -> state.save(out));
    }

    void load(SnapshotReader in) {
        for (int left = in.upTo(Integer.MAX_VALUE); left > 0; left--) {
            ObjectiveState state = ObjectiveState.load(in);
            states.put(ObjectiveState.name(state.objective(), state.group()), state);
        }
    }

    /** A hash of what was announced, empty while nothing was. */
    Optional<Long> stateHash() {
        long hash = 0;
        boolean any = false;
        for (ObjectiveState state : states.values()) {
            if (state.episode() > 0) {
                hash = Hashing.fold(hash, state.stateHash());
                any = true;
            }
        }
        return any ? Optional.of(hash) : Optional.empty();
    }
}
