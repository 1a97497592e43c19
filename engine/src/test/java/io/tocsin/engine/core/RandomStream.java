package io.tocsin.engine.core;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Shift;
import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Warning;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Policies and events from a seed. Everything lies on a grid of five minutes, so that things that ought not to coincide
 * often do: stops at the due instant, pauses at closing time, several timers at once.
 */
final class RandomStream {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long GRID_NS = 5 * MINUTE_NS;
    private static final String[] TYPES = {
        "responded",
        "responded",
        "resolved",
        "resolved",
        "resolved",
        "reopened",
        "reopened",
        "pending",
        "pending",
        "resumed",
        "customer_replied",
        "closed",
        "cancelled",
        "abandoned",
        "acknowledged",
        "updated",
        "updated",
        "assigned",
        "opened"
    };
    private static final String[] STAGES = {"", "a", "b", "c"};
    private static final String[] CHANNELS = {"phone", "mail", "chat"};

    final PolicySet policies;

    private final Random random;
    private final List<String> tickets = new ArrayList<>();
    private final int eventsPerTicket;
    private long nowNs;

    RandomStream(long seed, long startNs) {
        random = new Random(seed);
        nowNs = startNs;
        eventsPerTicket = 4 + random.nextInt(30);
        policies = policies();
    }

    // ---- events

    /** The next event: in order or late, for a new ticket or one of the last few. */
    Event next() {
        nowNs += step();
        long atNs = oneIn(4) ? nowNs - random.nextInt(72) * GRID_NS : nowNs;
        if (tickets.isEmpty() || oneIn(eventsPerTicket)) {
            tickets.add("T" + (tickets.size() + 1));
            return new Event(nowNs, atNs, tickets.get(tickets.size() - 1), "opened", attributes(2));
        }
        int back = Math.min(tickets.size(), oneIn(10) ? 30 : 4);
        String ticket = tickets.get(tickets.size() - 1 - random.nextInt(back));
        String type = TYPES[random.nextInt(TYPES.length)];
        return new Event(nowNs, atNs, ticket, type, attributes(type.equals("updated") ? 1 : 5));
    }

    private long step() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> 0;
            case 3 -> random.nextInt(24) * 6L * GRID_NS;
            case 4 -> random.nextInt((int) (GRID_NS / 1_000)) * 1_000L;
            case 5, 6 -> 6 * GRID_NS;
            default -> (GRID_NS - nowNs % GRID_NS) + random.nextInt(3) * GRID_NS;
        };
    }

    /** One attribute of a kind in so many events. */
    private Map<String, String> attributes(int oneIn) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (oneIn(oneIn)) {
            attributes.put("stage", STAGES[random.nextInt(STAGES.length)]);
        }
        if (oneIn(2 * oneIn)) {
            attributes.put("channel", CHANNELS[random.nextInt(CHANNELS.length)]);
        }
        return attributes;
    }

    // ---- policies

    private PolicySet policies() {
        List<Policy> policies = new ArrayList<>();
        policies.add(policy("A", Condition.Test.ANY_OF, "stage", "a"));
        policies.add(policy("B", Condition.Test.ANY_OF, "stage", "b", "c"));
        if (random.nextBoolean()) {
            policies.add(policy("chat", Condition.Test.NONE_OF, "channel", "phone", "mail"));
        }
        if (random.nextBoolean()) {
            policies.add(policy("present", Condition.Test.PRESENT, "channel"));
        }
        if (!oneIn(4)) {
            policies.add(new Policy("rest", Map.of(), List.of(), targets()));
        }
        return new PolicySet(
                ZoneOffset.UTC,
                (12 + random.nextInt(60)) * 60L * MINUTE_NS,
                List.of(CalendarSpec.always(ZoneOffset.UTC), office(), lateShift()),
                BuiltInClocks.all(),
                policies);
    }

    private Policy policy(String name, Condition.Test test, String attribute, String... values) {
        Condition condition = new Condition(attribute, test, List.of(values));
        return new Policy(name, Map.of(), List.of(condition), targets());
    }

    private Map<String, Target> targets() {
        Map<String, Target> targets = new HashMap<>();
        for (ClockDefinition clock : BuiltInClocks.all()) {
            if (!oneIn(5)) {
                targets.put(clock.name(), target());
            }
        }
        return targets;
    }

    private Target target() {
        TargetTime time = oneIn(6)
                ? new TargetTime.BusinessDays(1 + random.nextInt(3), random.nextBoolean())
                : new TargetTime.Elapsed((1 + random.nextInt(oneIn(2) ? 12 : 120)) * GRID_NS);
        String calendar = List.of(CalendarSpec.ALWAYS, "office", "late").get(random.nextInt(3));
        List<Warning> warnings = new ArrayList<>();
        for (int percent : new int[] {80, 50, 99}) {
            if (oneIn(3)) {
                warnings.add(Warning.ofShare(percent + "%", percent * 10_000));
            }
        }
        for (int minutes : new int[] {5, 30}) {
            if (oneIn(3)) {
                warnings.add(Warning.ofTimeLeft(minutes + "m", minutes * MINUTE_NS));
            }
        }
        return new Target(time, calendar, warnings, escalation());
    }

    private List<EscalationStep> escalation() {
        List<EscalationStep> steps = new ArrayList<>();
        for (int minutes : new int[] {0, 15, 15, 60}) {
            if (oneIn(2)) {
                steps.add(new EscalationStep(minutes + "m", minutes * MINUTE_NS, 0, 1, List.of("lead", "l" + minutes)));
            }
        }
        if (oneIn(3)) {
            steps.add(new EscalationStep("30m", 30 * MINUTE_NS, 15 * MINUTE_NS, 3, List.of("boss")));
        }
        return steps;
    }

    private static CalendarSpec office() {
        List<Shift> shifts = List.of(new Shift(9 * 3_600, 12 * 3_600), new Shift(13 * 3_600, 18 * 3_600));
        return calendar("office", shifts, DayOfWeek.FRIDAY);
    }

    private static CalendarSpec lateShift() {
        return calendar("late", List.of(new Shift(14 * 3_600, 22 * 3_600 + 1_800)), DayOfWeek.SUNDAY);
    }

    private static CalendarSpec calendar(String name, List<Shift> shifts, DayOfWeek last) {
        Map<DayOfWeek, List<Shift>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.compareTo(last) <= 0) {
                week.put(day, shifts);
            }
        }
        return new CalendarSpec(name, ZoneOffset.UTC, week, List.of(), Map.of());
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    Random random() {
        return random;
    }
}
