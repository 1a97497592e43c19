package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine's twin, written from the contract: it keeps every event of a ticket and tells the ticket's story from the
 * first event each time something happens. No wheel, no increments, nothing clever; only what was announced is kept,
 * because that depends on when things became known.
 */
final class NaiveSla {
    final List<Alert> alerts = new ArrayList<>();
    /** The tickets in memory, in first-seen order. */
    final List<Ticket> tickets = new ArrayList<>();

    private final PolicySet policies;
    private final Map<String, NaiveHours> calendars = new HashMap<>();
    private long nowNs;
    int orphaned;
    int seen;

    /** What happened; an attribute whose value is empty is removed. */
    record Event(long arrivalNs, long atNs, String ticket, String type, Map<String, String> attributes) {}

    /** What was said; of a revocation only what and when. */
    record Alert(
            AlertKind kind,
            String id,
            long atNs,
            String threshold,
            int level,
            long dueNs,
            long elapsedNs,
            List<String> to) {}

    private record Threshold(
            AlertKind kind,
            NaiveClock clock,
            long atNs,
            @Nullable Warning warning,
            @Nullable EscalationStep step,
            int level,
            int repetition) {}

    NaiveSla(PolicySet policies, long nowNs) {
        this.policies = policies;
        this.nowNs = nowNs;
        for (CalendarSpec spec : policies.calendars()) {
            calendars.put(spec.name(), new NaiveHours(spec));
        }
    }

    void apply(Event event) {
        advance(event.arrivalNs);
        Ticket ticket = find(event.ticket);
        if (ticket == null) {
            if (!event.type.equals("opened")) {
                orphaned++;
                return;
            }
            seen++;
            ticket = new Ticket(event.ticket);
            tickets.add(ticket);
        }
        ticket.events.add(event);
        ticket.tell(false);
        ticket.revokeWrong(event.atNs);
        ticket.tell(true);
        ticket.acknowledge(event);
        ticket.revokeWrong(event.atNs);
        ticket.announcePast();
        ticket.lookAhead();
    }

    /** Whatever comes strictly before an instant, in order: by instant, then by ticket, then by clock. */
    void advance(long untilNs) {
        while (true) {
            Ticket first = null;
            long firstNs = untilNs;
            for (Ticket ticket : tickets) {
                if (ticket.nextNs < firstNs) {
                    first = ticket;
                    firstNs = ticket.nextNs;
                }
            }
            if (first == null) {
                nowNs = untilNs;
                return;
            }
            first.come(firstNs);
        }
    }

    @Nullable
    Ticket find(String id) {
        return tickets.stream()
                .filter(ticket -> ticket.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    final class Ticket {
        final String id;
        final List<Event> events = new ArrayList<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        List<NaiveClock> clocks = new ArrayList<>();
        String status = "open";

        @Nullable
        Policy policy;

        private final Map<String, Announced> announced = new HashMap<>();
        private long nextNs;
        private long statusAtNs;

        Ticket(String id) {
            this.id = id;
        }

        // ---- the story

        /** Tells everything from the first event; the last one's attributes alone, or what it does too. */
        void tell(boolean lastOneActs) {
            attributes = new LinkedHashMap<>();
            clocks = new ArrayList<>();
            status = "open";
            statusAtNs = events.get(0).atNs;
            for (int i = 0; i < events.size(); i++) {
                Event event = events.get(i);
                merge(event.attributes);
                policy = firstMatch();
                clocks.stream()
                        .filter(clock -> clock.state.isOpen())
                        .forEach(clock -> clock.target = target(clock.definition));
                boolean acts = lastOneActs || i < events.size() - 1;
                boolean openedAgain = i > 0 && event.type.equals("opened");
                if (acts && !openedAgain) {
                    happens(event);
                }
            }
        }

        private void happens(Event event) {
            if (event.atNs >= statusAtNs && !statusAfter(event.type).isEmpty()) {
                status = statusAfter(event.type);
                statusAtNs = event.atNs;
            }
            for (ClockDefinition definition : followed()) {
                happens(definition, event);
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

        private void happens(ClockDefinition definition, Event event) {
            NaiveClock clock = clock(definition.name());
            if (clock != null) {
                clock.happens(event.type, event.atNs, target(definition));
            } else if (NaiveClock.names(definition.start(), event.type)) {
                clocks.add(new NaiveClock(definition, event.atNs, target(definition), calendars::get));
            }
        }

        private String statusAfter(String type) {
            return switch (type) {
                case "pending" -> "pending";
                case "resumed", "reopened" -> "open";
                case "customer_replied" -> status.equals("pending") ? "open" : "";
                case "resolved", "closed", "cancelled", "abandoned" -> type;
                default -> "";
            };
        }

        @Nullable
        private Policy firstMatch() {
            return policies.policies().stream()
                    .filter(each -> each.match().stream().allMatch(this::holds))
                    .findFirst()
                    .orElse(null);
        }

        private boolean holds(Condition condition) {
            String value = attributes.get(condition.attribute());
            return switch (condition.test()) {
                case ANY_OF -> condition.values().contains(String.valueOf(value)) && value != null;
                case NONE_OF -> value == null || !condition.values().contains(value);
                case PRESENT -> value != null;
            };
        }

        /** Every clock that any policy of the file has a target for, in the file's order. */
        private List<ClockDefinition> followed() {
            return policies.clocks().stream()
                    .filter(clock -> policies.policies().stream()
                            .anyMatch(each -> each.targets().containsKey(clock.name())))
                    .toList();
        }

        @Nullable
        private Target target(ClockDefinition definition) {
            return policy == null ? null : policy.targets().get(definition.name());
        }

        @Nullable
        NaiveClock clock(String name) {
            return clocks.stream()
                    .filter(clock -> clock.definition.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        boolean isBreached(NaiveClock clock) {
            return announced(clock).breach() != null;
        }

        // ---- what is said of it

        private Announced announced(NaiveClock clock) {
            return announced.computeIfAbsent(clock.definition.name(), name -> new Announced());
        }

        private void acknowledge(Event event) {
            if (event.type.equals("acknowledged")) {
                for (NaiveClock clock : clocks) {
                    if (isBreached(clock) && clock.dueNs() <= event.atNs) {
                        announced(clock).acknowledged = true;
                    }
                }
            }
        }

        private void revokeWrong(long causeNs) {
            for (NaiveClock clock : clocks) {
                Long dueNs = clock.dueNs();
                boolean missed = dueNs != null && dueNs < Math.min(nowNs, clock.endNs);
                if (isBreached(clock) && (!missed || status.equals("cancelled"))) {
                    announced(clock).revokeAll().forEach(said -> alerts.add(revocation(said, causeNs)));
                }
            }
        }

        /** Thresholds that already lie in the past are announced at once, in order. */
        private void announcePast() {
            for (Threshold next = next(true); next != null && next.atNs < nowNs; next = next(true)) {
                announce(next);
            }
        }

        /** Finds when something comes of time alone: a threshold, or that the ticket is forgotten. */
        private void lookAhead() {
            Threshold next = next(false);
            nextNs = Math.min(next == null ? Long.MAX_VALUE : next.atNs, forgetAtNs());
        }

        private void come(long atNs) {
            if (forgetAtNs() == atNs) {
                tickets.remove(this);
            } else {
                announce(next(false));
                lookAhead();
            }
        }

        private long forgetAtNs() {
            boolean finished = !status.equals("open") && !status.equals("pending");
            boolean goesOn = clocks.stream().anyMatch(clock -> clock.target != null && clock.state.isOpen());
            long lastNs = events.get(events.size() - 1).arrivalNs;
            return finished && !goesOn ? lastNs + policies.forgetAfterNs() : Long.MAX_VALUE;
        }

        /** The next threshold that has not been announced: the past ones too, or only what time brings. */
        @Nullable
        private Threshold next(boolean past) {
            Threshold first = null;
            for (NaiveClock clock : clocks) {
                for (Threshold threshold : thresholds(clock)) {
                    boolean over = past
                            ? threshold.kind == AlertKind.WARNING && clock.dueNs() <= nowNs
                            : threshold.atNs < nowNs;
                    if (!over && threshold.atNs < clock.endNs && (first == null || threshold.atNs < first.atNs)) {
                        first = threshold;
                    }
                }
            }
            return first;
        }

        /** Those that may still be announced; of several at one instant, the first comes first. */
        private List<Threshold> thresholds(NaiveClock clock) {
            List<Threshold> thresholds = new ArrayList<>();
            Long dueNs = clock.dueNs();
            if (dueNs == null || status.equals("cancelled")) {
                return thresholds;
            }
            Announced said = announced(clock);
            if (isBreached(clock)) {
                for (int i = 0; i < clock.target.escalation().size() && !said.acknowledged; i++) {
                    EscalationStep step = clock.target.escalation().get(i);
                    int repetition = said.standing(i + 1) + 1;
                    if (repetition <= step.times()) {
                        long atNs = clock.escalationNs(step, repetition, dueNs);
                        thresholds.add(new Threshold(AlertKind.ESCALATION, clock, atNs, null, step, i + 1, repetition));
                    }
                }
                return thresholds;
            }
            for (Warning warning : clock.target.warnings()) {
                if (clock.state == ClockState.RUNNING && !said.warnings.contains(warning.text())) {
                    long atNs = clock.warningNs(warning, dueNs);
                    thresholds.add(new Threshold(AlertKind.WARNING, clock, atNs, warning, null, 0, 1));
                }
            }
            thresholds.add(new Threshold(AlertKind.BREACH, clock, dueNs, null, null, 0, 1));
            return thresholds;
        }

        private void announce(Threshold threshold) {
            NaiveClock clock = threshold.clock;
            Announced said = announced(clock);
            String path = id + "/" + clock.definition.name() + "/1/";
            switch (threshold.kind) {
                case WARNING -> {
                    said.warnings.add(threshold.warning.text());
                    say(threshold, path + "warning/" + threshold.warning.text(), threshold.warning.text(), List.of());
                }
                case BREACH -> say(threshold, said.add(path + "breach", 0), "100%", List.of());
                default -> {
                    String name = path + "escalation/" + threshold.level
                            + (threshold.repetition > 1 ? "." + threshold.repetition : "");
                    say(threshold, said.add(name, threshold.level), threshold.step.after(), threshold.step.to());
                }
            }
        }

        private void say(Threshold threshold, String alertId, String text, List<String> to) {
            NaiveClock clock = threshold.clock;
            alerts.add(new Alert(
                    threshold.kind,
                    alertId,
                    threshold.atNs,
                    text,
                    threshold.level,
                    clock.dueNs(),
                    clock.elapsedNs(threshold.atNs),
                    to));
        }
    }

    private static Alert revocation(String revoked, long causeNs) {
        return new Alert(AlertKind.REVOKED, revoked + "/revoked", causeNs, "", 0, 0, 0, List.of());
    }

    /** What was announced of one cycle. */
    private static final class Announced {
        final Set<String> warnings = new HashSet<>();
        final List<String> all = new ArrayList<>();
        final List<Said> standing = new ArrayList<>();
        boolean acknowledged;

        private record Said(String id, int level) {}

        /** Adds an announcement; its id says so if it is not the first of its name. */
        String add(String name, int level) {
            long before = all.stream().filter(name::equals).count();
            String id = before == 0 ? name : name + "#" + (before + 1);
            all.add(name);
            standing.add(new Said(id, level));
            return id;
        }

        @Nullable
        Said breach() {
            return standing.stream().filter(said -> said.level == 0).findFirst().orElse(null);
        }

        int standing(int level) {
            return (int) standing.stream().filter(said -> said.level == level).count();
        }

        List<String> revokeAll() {
            List<String> ids = standing.stream().map(Said::id).toList();
            standing.clear();
            acknowledged = false;
            return ids;
        }
    }
}
