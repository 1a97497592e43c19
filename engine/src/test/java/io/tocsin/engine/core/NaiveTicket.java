package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.Trigger;
import io.tocsin.engine.policy.Warning;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.TicketView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One ticket of the twin: every event of it, and every policy file that came into force meanwhile. Whenever something
 * happens its story is told from the first event; only what was said of it is kept.
 */
final class NaiveTicket {
    final String id;

    private final NaiveSla sla;
    private final long number;
    /** Cycles are numbered on from those of an earlier life of which something was said. */
    private final int cyclesBefore;

    private final List<Chapter> chapters = new ArrayList<>();
    private final Map<String, NaiveSaid> saidByCycle = new HashMap<>();

    // What the story says when it has been told.
    private Map<String, String> attributes = new LinkedHashMap<>();
    private Map<String, List<NaiveCycle>> cyclesByClock = new HashMap<>();
    private String status = "open";

    @Nullable
    private Policy policy;

    private long nextNs = Long.MAX_VALUE;

    /** An event under the rules then in force, or without one: rules that came into force. */
    private record Chapter(NaiveRules rules, @Nullable Event event) {}

    /** How far the last chapter has been told. */
    private enum Part {
        ATTRIBUTES,
        STATUS,
        CLOCKS
    }

    private record Threshold(
            AlertKind kind,
            NaiveCycle cycle,
            NaivePromise promise,
            long atNs,
            @Nullable Warning warning,
            @Nullable EscalationStep step,
            int level,
            int repetition) {}

    NaiveTicket(NaiveSla sla, String id, long number, int cyclesBefore) {
        this.sla = sla;
        this.id = id;
        this.number = number;
        this.cyclesBefore = cyclesBefore;
    }

    // ---- what comes

    /** What proves wrong is taken back as soon as the part of the event that proves it is known. */
    void happen(NaiveRules rules, Event event) {
        chapters.add(new Chapter(rules, event));
        for (Part part : Part.values()) {
            tell(part);
            revokeWrong(event.atNs());
            if (part == Part.STATUS && event.type().equals("acknowledged")) {
                acknowledge(event.atNs());
            }
        }
        settle();
    }

    void use(NaiveRules rules) {
        chapters.add(new Chapter(rules, null));
        tell(Part.CLOCKS);
        revokeWrong(sla.nowNs());
        settle();
    }

    private void settle() {
        announcePast();
        lookAhead(sla.nowNs());
    }

    /** When time alone brings something: a threshold, or that the ticket is forgotten. */
    long nextNs() {
        return nextNs;
    }

    void come(long atNs) {
        if (forgetAtNs() == atNs) {
            sla.forget(this);
        } else {
            Threshold next = next(atNs, false);
            if (next == null) {
                throw new IllegalStateException("ticket " + id + " has nothing at " + atNs);
            }
            announce(next);
            lookAhead(atNs);
        }
    }

    // ---- the story

    private void tell(Part untilPart) {
        attributes = new LinkedHashMap<>();
        cyclesByClock = new HashMap<>();
        status = "open";
        Event first = chapters.get(0).event;
        long statusAtNs = first == null ? 0 : first.atNs();
        for (int i = 0; i < chapters.size(); i++) {
            Chapter chapter = chapters.get(i);
            boolean last = i == chapters.size() - 1;
            Event event = chapter.event;
            if (event != null) {
                merge(event.attributes());
            }
            policy = chapter.rules.firstMatch(attributes);
            measureAgain(chapter.rules);
            boolean attributesOnly = event == null || (event.type().equals("opened") && i > 0);
            if (attributesOnly || (last && untilPart == Part.ATTRIBUTES)) {
                continue;
            }
            if (event.atNs() >= statusAtNs && !statusAfter(event.type()).isEmpty()) {
                status = statusAfter(event.type());
                statusAtNs = event.atNs();
            }
            if (!last || untilPart == Part.CLOCKS) {
                chapter.rules.followed.forEach(clock -> happen(chapter.rules, clock, event));
            }
        }
    }

    private void merge(Map<String, String> changes) {
        changes.forEach((name, value) -> {
            if (value.isEmpty()) {
                attributes.remove(name);
            } else {
                attributes.put(name, value);
            }
        });
    }

    private String statusAfter(String type) {
        if (status.equals("cancelled")) {
            return type.equals("reopened") ? "open" : "";
        }
        return switch (type) {
            case "pending" -> "pending";
            case "resumed", "reopened" -> "open";
            case "customer_replied" -> status.equals("pending") ? "open" : "";
            case "resolved", "closed", "cancelled", "abandoned" -> type;
            default -> "";
        };
    }

    /** Open cycles go by the policy in force; others keep their result. */
    private void measureAgain(NaiveRules rules) {
        for (List<NaiveCycle> cycles : cyclesByClock.values()) {
            for (NaiveCycle cycle : cycles) {
                if (cycle.state.isOpen()) {
                    cycle.promise = rules.promise(policy, cycle.clock);
                }
            }
        }
    }

    /** Cancel, then stop, then restart, then reopen, then pause or resume, then start. */
    private void happen(NaiveRules rules, ClockDefinition clock, Event event) {
        NaiveCycle cycle = last(clock.name());
        if (cycle != null) {
            if (names(clock.cancel(), event)) {
                cycle.cancel(event.atNs());
            }
            if (names(clock.stop(), event)) {
                cycle.stop(event.atNs());
            }
            if (names(clock.restart(), event) && cycle.state.isOpen()) {
                cycle.restart(event.atNs());
                cycle = begin(rules, clock, cycle.endNs);
            }
            if (event.type().equals("reopened")) {
                cycle = reopen(rules, clock, cycle, event.atNs());
            }
            if (names(clock.pause(), event)) {
                cycle.pause(event.atNs());
            }
            if (names(clock.resume(), event)) {
                cycle.resume(event.atNs());
            }
        }
        if (names(clock.start(), event) && mayStart(clock, cycle)) {
            begin(rules, clock, event.atNs());
        }
    }

    private NaiveCycle reopen(NaiveRules rules, ClockDefinition clock, NaiveCycle cycle, long atNs) {
        if (clock.reopen() == ClockDefinition.Reopen.CONTINUE) {
            cycle.runOn(atNs, rules.promise(policy, clock.name()));
        }
        boolean again = clock.reopen() == ClockDefinition.Reopen.RESTART && cycle.state == ClockState.STOPPED;
        return again ? begin(rules, clock, Math.max(atNs, cycle.endNs)) : cycle;
    }

    private boolean mayStart(ClockDefinition clock, @Nullable NaiveCycle cycle) {
        boolean again = cycle == null || (!cycle.state.isOpen() && clock.repeat());
        return again && clock.unlessRunning().stream().noneMatch(this::isRunning);
    }

    private boolean isRunning(String clock) {
        NaiveCycle cycle = last(clock);
        return cycle != null && cycle.state == ClockState.RUNNING;
    }

    private NaiveCycle begin(NaiveRules rules, ClockDefinition clock, long atNs) {
        NaiveCycle last = last(clock.name());
        int cycleNumber = (last == null ? cyclesBefore : last.number) + 1;
        NaiveCycle begun = new NaiveCycle(clock.name(), cycleNumber, atNs, rules.promise(policy, clock.name()));
        cyclesByClock.computeIfAbsent(clock.name(), name -> new ArrayList<>()).add(begun);
        return begun;
    }

    @Nullable
    private NaiveCycle last(String clock) {
        List<NaiveCycle> cycles = cyclesByClock.get(clock);
        return cycles == null ? null : cycles.get(cycles.size() - 1);
    }

    private boolean names(List<Trigger> triggers, Event event) {
        return NaiveRules.names(triggers, event.type(), attributes);
    }

    /** In the clocks' order, then by number. */
    private List<NaiveCycle> cycles() {
        List<NaiveCycle> cycles = new ArrayList<>();
        sla.clockOrder().forEach(clock -> cycles.addAll(cyclesByClock.getOrDefault(clock, List.of())));
        return cycles;
    }

    // ---- what is said of it

    private NaiveSaid said(NaiveCycle cycle) {
        return saidByCycle.computeIfAbsent(cycle.path, path -> new NaiveSaid());
    }

    /** The highest number of a cycle of which something was said, or that of earlier lives. */
    int lastCycleSaid() {
        return cycles().stream()
                .filter(cycle -> said(cycle).anything())
                .mapToInt(cycle -> cycle.number)
                .reduce(cyclesBefore, Math::max);
    }

    private void acknowledge(long atNs) {
        for (NaiveCycle cycle : cycles()) {
            Long dueNs = cycle.dueNs();
            if (said(cycle).isBreached() && dueNs != null && dueNs <= atNs) {
                said(cycle).acknowledged = true;
            }
        }
    }

    private void revokeWrong(long causeNs) {
        for (NaiveCycle cycle : cycles()) {
            if (said(cycle).isBreached()) {
                Long dueNs = cycle.dueNs();
                boolean missed = dueNs != null && dueNs < Math.min(sla.nowNs(), cycle.endNs);
                if (!missed || status.equals("cancelled")) {
                    said(cycle).revokeAll().forEach(one -> revoke(cycle, one, causeNs));
                }
            }
        }
    }

    private void revoke(NaiveCycle cycle, NaiveSaid.One one, long causeNs) {
        say(
                AlertKind.REVOKED,
                one.id() + "/revoked",
                one.id(),
                cycle,
                one.promise(),
                one.threshold(),
                one.level(),
                one.to(),
                causeNs);
    }

    /** Thresholds that already lie in the past are announced at once, in order. */
    private void announcePast() {
        for (Threshold next = next(sla.nowNs(), true);
                next != null && next.atNs < sla.nowNs();
                next = next(sla.nowNs(), true)) {
            announce(next);
        }
    }

    private void lookAhead(long asOfNs) {
        Threshold next = next(asOfNs, false);
        nextNs = Math.min(next == null ? Long.MAX_VALUE : next.atNs, forgetAtNs());
    }

    private long forgetAtNs() {
        boolean finished = !status.equals("open") && !status.equals("pending");
        boolean goesOn = cycles().stream().anyMatch(cycle -> cycle.promise != null && cycle.state.isOpen());
        long lastNs = 0;
        for (Chapter chapter : chapters) {
            lastNs = chapter.event == null ? lastNs : chapter.event.arrivalNs();
        }
        return finished && !goesOn ? lastNs + sla.rules().policies.forgetAfterNs() : Long.MAX_VALUE;
    }

    /** The next threshold that has not been announced: the past ones too, or only what time brings. */
    @Nullable
    private Threshold next(long asOfNs, boolean past) {
        Threshold first = null;
        for (NaiveCycle cycle : cycles()) {
            Long dueNs = cycle.dueNs();
            if (dueNs == null || cycle.promise == null || status.equals("cancelled")) {
                continue;
            }
            for (Threshold threshold : thresholds(cycle, cycle.promise, dueNs)) {
                boolean over = past ? threshold.kind == AlertKind.WARNING && dueNs <= asOfNs : threshold.atNs < asOfNs;
                if (!over && threshold.atNs < cycle.endNs && (first == null || threshold.atNs < first.atNs)) {
                    first = threshold;
                }
            }
        }
        return first;
    }

    /** Those that may still be announced; of several at one instant, the first comes first. */
    private List<Threshold> thresholds(NaiveCycle cycle, NaivePromise promise, long dueNs) {
        NaiveSaid said = said(cycle);
        if (said.isBreached()) {
            return said.acknowledged ? List.of() : escalations(cycle, promise, dueNs, said);
        }
        List<Threshold> thresholds = new ArrayList<>();
        for (Warning warning : promise.target().warnings()) {
            if (cycle.state == ClockState.RUNNING && !said.warnings.contains(warning.text())) {
                Long atNs = cycle.warningNs(promise, warning, dueNs);
                if (atNs != null && atNs < dueNs) {
                    thresholds.add(new Threshold(AlertKind.WARNING, cycle, promise, atNs, warning, null, 0, 1));
                }
            }
        }
        thresholds.add(new Threshold(AlertKind.BREACH, cycle, promise, dueNs, null, null, NaiveSaid.BREACH, 1));
        return thresholds;
    }

    private static List<Threshold> escalations(NaiveCycle cycle, NaivePromise promise, long dueNs, NaiveSaid said) {
        List<Threshold> thresholds = new ArrayList<>();
        for (int i = 0; i < promise.target().escalation().size(); i++) {
            EscalationStep step = promise.target().escalation().get(i);
            int repetition = said.standing(i + 1) + 1;
            if (repetition <= step.times()) {
                long atNs = NaiveCycle.escalationNs(promise, step, repetition, dueNs);
                thresholds.add(
                        new Threshold(AlertKind.ESCALATION, cycle, promise, atNs, null, step, i + 1, repetition));
            }
        }
        return thresholds;
    }

    private void announce(Threshold threshold) {
        NaiveSaid said = said(threshold.cycle);
        String path = id + "/" + threshold.cycle.path + "/";
        if (threshold.warning != null) {
            String text = threshold.warning.text();
            said.warnings.add(text);
            say(threshold, path + "warning/" + text, text, List.of());
        } else if (threshold.step != null) {
            String repetition = threshold.repetition > 1 ? "." + threshold.repetition : "";
            announce(
                    threshold,
                    path + "escalation/" + threshold.level + repetition,
                    threshold.step.after(),
                    threshold.step.to());
        } else {
            announce(threshold, path + "breach", "100%", List.of());
        }
    }

    private void announce(Threshold threshold, String name, String text, List<String> to) {
        String alertId = said(threshold.cycle).add(name, threshold.level, text, to, threshold.promise);
        say(threshold, alertId, text, to);
    }

    private void say(Threshold found, String alertId, String text, List<String> to) {
        say(found.kind, alertId, "", found.cycle, found.promise, text, found.level, to, found.atNs);
    }

    private void say(
            AlertKind kind,
            String alertId,
            String revokes,
            NaiveCycle cycle,
            NaivePromise promise,
            String threshold,
            int level,
            List<String> to,
            long atNs) {
        Long dueNs = cycle.dueNs();
        sla.say(new NaiveAlert(
                kind,
                alertId,
                revokes,
                id,
                cycle.clock,
                cycle.number,
                promise.policy(),
                threshold,
                level,
                to,
                atNs,
                dueNs == null ? ClockView.NONE : dueNs,
                sla.nowNs(),
                cycle.elapsedNs(promise, atNs),
                promise.targetNs()));
    }

    // ---- what is shown of it

    TicketView view() {
        List<ClockView> clocks = new ArrayList<>();
        for (NaiveCycle cycle : cycles()) {
            if (cycle.promise != null) {
                clocks.add(cycle.view(cycle.promise, said(cycle).isBreached(), sla.nowNs()));
            }
        }
        return new TicketView(
                number, id, status, policy == null ? null : policy.name(), new LinkedHashMap<>(attributes), clocks);
    }
}
