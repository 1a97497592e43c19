package io.tocsin.engine.core;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Holiday;
import io.tocsin.engine.calendar.Shift;
import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Trigger;
import io.tocsin.engine.policy.Warning;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Policy files by chance: calendars, clocks of every shape of the grammar, conditions, targets. */
public final class RandomPolicies {
    /** Types of events that clocks may name and streams bring. */
    public static final List<String> TYPES = List.of(
            "assigned",
            "accepted",
            "responded",
            "customer_replied",
            "pending",
            "resumed",
            "updated",
            "transferred",
            "resolved",
            "reopened",
            "closed",
            "cancelled",
            "abandoned",
            "recorded",
            "followed_up",
            "complained",
            "acknowledged",
            "called",
            "visit.booked");

    public static final String STAGE = "stage";
    public static final List<String> STAGES = List.of("a", "b", "c");
    public static final String CHANNEL = "channel";
    public static final List<String> CHANNELS = List.of("phone", "mail", "chat");

    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long GRID_NS = 5 * MINUTE_NS;
    private static final List<String> ZONES = List.of(
            "UTC", "UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
    private static final List<String> CALENDARS = List.of(CalendarSpec.ALWAYS, "office", "late", "night");

    private final Random random;
    /** Around this date calendars have holidays and exceptions. */
    private final LocalDate date;

    public RandomPolicies(Random random, LocalDate date) {
        this.random = random;
        this.date = date;
    }

    public PolicySet next() {
        List<ClockDefinition> clocks = clocks();
        List<Policy> policies = new ArrayList<>();
        policies.add(policy("A", clocks, Condition.Test.ANY_OF, STAGE, "a"));
        policies.add(policy("B", clocks, Condition.Test.ANY_OF, STAGE, "b", "c"));
        if (random.nextBoolean()) {
            policies.add(policy("chat", clocks, Condition.Test.NONE_OF, CHANNEL, "phone", "mail"));
        }
        if (random.nextBoolean()) {
            policies.add(policy("present", clocks, Condition.Test.PRESENT, CHANNEL));
        }
        if (!oneIn(4)) {
            policies.add(new Policy("rest", Map.of(), List.of(), targets(clocks)));
        }
        Collections.shuffle(policies, random);
        ZoneId zone = ZoneId.of(pick(ZONES));
        return new PolicySet(
                zone,
                (12 + random.nextInt(60)) * 60L * MINUTE_NS,
                List.of(CalendarSpec.always(zone), office(), lateShift(), nightShift()),
                clocks,
                policies);
    }

    // ---- clocks

    /** The built-in ones, sometimes changed, then sometimes others. */
    private List<ClockDefinition> clocks() {
        List<ClockDefinition> clocks = new ArrayList<>();
        boolean changed = oneIn(4);
        for (ClockDefinition builtIn : BuiltInClocks.all()) {
            clocks.add(changed && oneIn(4) ? clock(builtIn.name()) : builtIn);
        }
        List<String> others = new ArrayList<>(List.of("greeting", "call_back", "site_visit"));
        Collections.shuffle(others, random);
        for (String name : others) {
            if (random.nextBoolean()) {
                clocks.add(clock(name));
            }
        }
        return clocks;
    }

    private ClockDefinition clock(String name) {
        List<Trigger> start = new ArrayList<>(triggers(2));
        start.add(oneIn(3) ? trigger("opened") : Trigger.on(oneIn(2) ? "opened" : "called"));
        return new ClockDefinition(
                name,
                start,
                triggers(4),
                random.nextBoolean() ? triggers(3) : List.of(),
                random.nextBoolean() ? triggers(3) : List.of(),
                random.nextBoolean() ? triggers(2) : List.of(),
                random.nextBoolean() ? triggers(2) : List.of(),
                random.nextBoolean(),
                ClockDefinition.Reopen.values()[random.nextInt(3)],
                oneIn(3) ? List.of(pick(List.of("first_response", "resolution", "acceptance", "wrap_up"))) : List.of());
    }

    private List<Trigger> triggers(int most) {
        List<Trigger> triggers = new ArrayList<>();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            triggers.add(trigger(pick(TYPES)));
        }
        return triggers;
    }

    private Trigger trigger(String type) {
        if (!oneIn(3)) {
            return Trigger.on(type);
        }
        Condition stage = condition(STAGE, pick(STAGES));
        Condition channel = condition(CHANNEL, pick(CHANNELS));
        return new Trigger(type, oneIn(4) ? List.of(stage, channel) : List.of(oneIn(2) ? stage : channel));
    }

    private Condition condition(String attribute, String value) {
        Condition.Test test = Condition.Test.values()[random.nextInt(3)];
        return new Condition(attribute, test, test == Condition.Test.PRESENT ? List.of() : List.of(value));
    }

    // ---- policies

    private Policy policy(
            String name, List<ClockDefinition> clocks, Condition.Test test, String attribute, String... values) {
        return new Policy(name, Map.of(), List.of(new Condition(attribute, test, List.of(values))), targets(clocks));
    }

    private Map<String, Target> targets(List<ClockDefinition> clocks) {
        Map<String, Target> targets = new HashMap<>();
        int without = 2 + random.nextInt(5);
        for (ClockDefinition clock : clocks) {
            if (!oneIn(without)) {
                targets.put(clock.name(), target());
            }
        }
        return targets;
    }

    private Target target() {
        TargetTime time = oneIn(6)
                ? new TargetTime.BusinessDays(1 + random.nextInt(3), random.nextBoolean())
                : new TargetTime.Elapsed((1 + random.nextInt(oneIn(2) ? 12 : 120)) * GRID_NS);
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
        return new Target(time, pick(CALENDARS), warnings, escalation());
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

    // ---- calendars; their shifts do not overlap, whatever the exceptions

    private CalendarSpec office() {
        return calendar(
                "office",
                List.of(new Shift(9 * 3_600, 12 * 3_600), new Shift(13 * 3_600, 18 * 3_600)),
                List.of(new Shift(10 * 3_600, 14 * 3_600)),
                DayOfWeek.FRIDAY);
    }

    private CalendarSpec lateShift() {
        return calendar(
                "late",
                List.of(new Shift(14 * 3_600, 22 * 3_600 + 1_800)),
                List.of(new Shift(8 * 3_600, 16 * 3_600)),
                DayOfWeek.SUNDAY);
    }

    private CalendarSpec nightShift() {
        return calendar(
                "night",
                List.of(new Shift(22 * 3_600, 30 * 3_600)),
                List.of(new Shift(12 * 3_600, 24 * 3_600)),
                DayOfWeek.SATURDAY);
    }

    private CalendarSpec calendar(String name, List<Shift> shifts, List<Shift> exception, DayOfWeek last) {
        Map<DayOfWeek, List<Shift>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.compareTo(last) <= 0) {
                week.put(day, shifts);
            }
        }
        Map<LocalDate, List<Shift>> exceptions = new HashMap<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            exceptions.put(nearby(), oneIn(2) ? exception : List.of());
        }
        return new CalendarSpec(name, ZoneId.of(pick(ZONES)), week, holidays(), exceptions);
    }

    private List<Holiday> holidays() {
        List<Holiday> holidays = new ArrayList<>();
        if (oneIn(3)) {
            LocalDate first = nearby();
            holidays.add(new Holiday.Range(first, first.plusDays(random.nextInt(3))));
        }
        if (oneIn(3)) {
            holidays.add(new Holiday.Yearly(MonthDay.from(nearby())));
        }
        return holidays;
    }

    private LocalDate nearby() {
        return date.plusDays(random.nextInt(12) - 2);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }
}
