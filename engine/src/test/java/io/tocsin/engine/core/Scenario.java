package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Shift;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Warning;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.TicketView;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * A stage for engine tests: a day, 2026-11-23 (a Monday), on which events happen at times written {@code 10:00} or
 * {@code 10:00:00.5} in UTC, and what the engine announced, as lines.
 */
final class Scenario {
    static final String DAY = "2026-11-23T";
    static final String OFFICE = "office";

    /** For engines whose policies do not come as records. */
    static final PolicyReader NO_POLICY_RECORDS = text -> {
        throw new IllegalArgumentException("no policy records here: " + text);
    };

    private final List<String> alerts = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final EventRecordWriter writer = new EventRecordWriter();
    private final Engine engine;
    private String id = "";
    private long arrivalNs;

    Scenario(PolicySet policies) {
        this(policies, EngineConfig.DEFAULT);
    }

    Scenario(PolicySet policies, EngineConfig config) {
        engine = new Engine(config, NO_POLICY_RECORDS, this::onAlert);
        engine.use(policies, at("00:00"));
    }

    // ---- policies

    static PolicySet policies(Policy... policies) {
        return policies(BuiltInClocks.all(), policies);
    }

    static PolicySet policies(List<ClockDefinition> clocks, Policy... policies) {
        List<Shift> shifts = List.of(new Shift(9 * 3_600, 12 * 3_600), new Shift(13 * 3_600, 18 * 3_600));
        Map<DayOfWeek, List<Shift>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getValue() <= 5) {
                week.put(day, shifts);
            }
        }
        CalendarSpec office = new CalendarSpec(OFFICE, ZoneOffset.UTC, week, List.of(), Map.of());
        return new PolicySet(
                ZoneOffset.UTC,
                Duration.ofDays(30).toNanos(),
                List.of(CalendarSpec.always(ZoneOffset.UTC), office),
                clocks,
                List.of(policies));
    }

    /** The same policies, under which finished tickets leave memory so long after their last event. */
    static PolicySet forgetting(String after, PolicySet policies) {
        return new PolicySet(
                policies.timezone(), ns(after), policies.calendars(), policies.clocks(), policies.policies());
    }

    static Policy policy(String name, Map<String, Target> targets, Condition... match) {
        return new Policy(name, Map.of(), List.of(match), targets);
    }

    /** One policy for everybody, with one target. */
    static PolicySet promise(String clock, Target target) {
        return policies(policy("all", Map.of(clock, target)));
    }

    static Condition is(String attribute, String value) {
        return new Condition(attribute, Condition.Test.ANY_OF, List.of(value));
    }

    static Target target(String duration) {
        return target(duration, CalendarSpec.ALWAYS, List.of(), List.of());
    }

    static Target target(String duration, String calendar, List<Warning> warnings, List<EscalationStep> steps) {
        return new Target(new TargetTime.Elapsed(ns(duration)), calendar, warnings, steps);
    }

    static Target businessDays(int days, boolean sameTime) {
        return new Target(new TargetTime.BusinessDays(days, sameTime), OFFICE, List.of(), List.of());
    }

    static EscalationStep step(String after, String... to) {
        return new EscalationStep(after, ns(after), 0, 1, List.of(to));
    }

    static EscalationStep repeated(String after, String every, int times, String... to) {
        return new EscalationStep(after, ns(after), ns(every), times, List.of(to));
    }

    static Warning share(int percent) {
        return Warning.ofShare(percent + "%", percent * 10_000);
    }

    static Warning left(String duration) {
        return Warning.ofTimeLeft(duration, ns(duration));
    }

    // ---- events

    /** The next event carries this idempotency key. */
    Scenario id(String next) {
        id = next;
        return this;
    }

    /** An event that arrives when it happens. */
    Scenario on(String time, String ticket, String type, String... attributes) {
        return late(time, time, ticket, type, attributes);
    }

    /**
     * An event that happened at {@code time} and arrives at {@code arrival}; attributes as {@code name=value}, with types
     * as {@code name:number=5}, removed as {@code name=}.
     */
    Scenario late(String arrival, String time, String ticket, String type, String... attributes) {
        writer.begin(at(time), ticket, type, id);
        id = "";
        for (String attribute : attributes) {
            String[] pair = attribute.split("=", 2);
            String[] name = pair[0].split(":", 2);
            ValueKind kind = name.length == 2 ? ValueKind.valueOf(name[1].toUpperCase(Locale.ROOT)) : ValueKind.STRING;
            writer.attribute(pair[1].isEmpty() ? ValueKind.REMOVED : kind, name[0], pair[1]);
        }
        arrivalNs = at(arrival);
        EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
        record.stamp(arrivalNs);
        engine.apply(record);
        return this;
    }

    Scenario use(String time, PolicySet policies) {
        engine.use(policies, at(time));
        return this;
    }

    Scenario now(String time) {
        engine.advance(at(time));
        return this;
    }

    // ---- what came of it

    Engine engine() {
        return engine;
    }

    /** Lines such as {@code 10:15 breach T1/first_response/1/breach}, since the last call. */
    List<String> alerts() {
        List<String> taken = List.copyOf(alerts);
        alerts.clear();
        return taken;
    }

    /** Everything announced so far, in full. */
    List<Told> told() {
        return told;
    }

    Told lastTold() {
        return told.get(told.size() - 1);
    }

    /** An alert; instants and durations as in this stage's lines. */
    record Told(
            String id,
            String revokes,
            String policy,
            String threshold,
            int level,
            List<String> to,
            String at,
            String due,
            String detected,
            String elapsed,
            String target,
            Map<String, String> attributes) {}

    CountersView counters() {
        return engine.views().counters();
    }

    TicketView ticket(String ticket) {
        return engine.views().ticket(ticket).orElseThrow();
    }

    /** A line such as {@code stopped 1h30m of 4h due 14:00}, for the last cycle of a clock. */
    String clock(String ticket, String clock) {
        List<String> cycles = cycles(ticket, clock);
        return cycles.isEmpty() ? "none" : cycles.get(cycles.size() - 1).replaceFirst("^\\d+ ", "");
    }

    /** Lines such as {@code 1 stopped 1h30m of 4h due 14:00}, for all cycles of a clock. */
    List<String> cycles(String ticket, String clock) {
        return ticket(ticket).clocks().stream()
                .filter(each -> each.clock().equals(clock))
                .map(each -> each.cycle() + " " + text(each))
                .toList();
    }

    private static String text(ClockView view) {
        return view.state() + (view.breached() ? " breached " : " ") + text(view.elapsedNs()) + " of "
                + (view.targetNs() == ClockView.NONE ? "days" : text(view.targetNs())) + " due "
                + (view.dueNs() == ClockView.NONE ? "never" : time(view.dueNs()));
    }

    String status(String ticket) {
        return ticket(ticket).status();
    }

    static long at(String time) {
        Instant instant = time.contains("T") ? Instant.parse(time + "Z") : Instant.parse(DAY + pad(time) + "Z");
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    static long ns(String duration) {
        return Duration.parse("PT" + duration.toUpperCase(Locale.ROOT)).toNanos();
    }

    private void onAlert(DirectBuffer buffer, int offset, int length) {
        AlertRecord alert = new AlertRecord().wrap(buffer, offset);
        Told one = told(alert);
        told.add(one);
        String to = one.to.isEmpty() ? "" : " > " + String.join(" > ", one.to);
        alerts.add(one.at + " " + alert.kind().text() + " " + one.id + to);
        if (alert.seq() != told.size()) {
            throw new AssertionError("alert " + told.size() + " has number " + alert.seq());
        }
    }

    private static Told told(AlertRecord alert) {
        List<String> to = new ArrayList<>();
        for (String each = alert.nextTo(); each != null; each = alert.nextTo()) {
            to.add(each);
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        while (alert.nextAttribute()) {
            attributes.put(alert.name(), alert.value());
        }
        return new Told(
                alert.id(),
                alert.revokes(),
                alert.policy(),
                alert.threshold(),
                alert.level(),
                to,
                time(alert.atNs()),
                alert.dueNs() == AlertRecord.NONE ? "none" : time(alert.dueNs()),
                time(alert.detectedNs()),
                text(alert.elapsedNs()),
                alert.targetNs() == AlertRecord.NONE ? "none" : text(alert.targetNs()),
                attributes);
    }

    private static String pad(String time) {
        return time.length() == 5 ? time + ":00" : time;
    }

    private static String text(long durationNs) {
        return Duration.ofNanos(durationNs).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    static String time(long ns) {
        String text = Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L), Math.floorMod(ns, 1_000_000_000L))
                .toString();
        String time = text.startsWith(DAY) ? text.substring(DAY.length()) : text;
        return time.replaceAll(":00Z$", "").replaceAll("Z$", "");
    }
}
