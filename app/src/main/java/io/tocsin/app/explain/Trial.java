package io.tocsin.app.explain;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.calendar.BusinessCalendar;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.Trigger;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.TicketView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Asks engines what they do with a ticket. Each question gets an engine of its own, whose policies are the file's without
 * the targets that are not asked about; so one clock is followed and nothing but its start happens to it. One thread.
 */
final class Trial {
    private static final EngineConfig SMALL = new EngineConfig(1);
    private static final String TICKET = "explained";
    private static final String OPENED = "opened";
    private static final String CANCELLED = "cancelled";
    private static final String NO_ID = "";

    private final PolicySet policies;
    private final Map<String, String> attributes;
    private final long atNs;

    /** A ticket with these attributes, opened at an instant. */
    Trial(PolicySet policies, Map<String, String> attributes, long atNs) {
        this.policies = policies;
        this.attributes = attributes;
        this.atNs = atNs;
    }

    /** The name of the policy that applies. */
    Optional<String> policy() {
        List<Policy> promiseNothing = policies.policies().stream()
                .map(policy -> with(policy, Map.of()))
                .toList();
        Engine engine = engine(List.of(), List.of(), promiseNothing, new ArrayList<>());
        open(engine);
        return Optional.ofNullable(ticket(engine).policy());
    }

    /** What happens to a clock of the policy that applies if it starts with the ticket's opening. */
    Forecast forecast(Policy applies, ClockDefinition clock) {
        Target target = target(applies, clock);
        CalendarSpec calendar = calendar(target);
        List<Policy> promiseOne = policies.policies().stream()
                .map(policy ->
                        with(policy, policy.name().equals(applies.name()) ? Map.of(clock.name(), target) : Map.of()))
                .toList();
        String startType = startType(clock);
        List<Forecast.Alert> alerts = new ArrayList<>();
        Engine engine = engine(List.of(calendar), List.of(startedBy(startType, clock)), promiseOne, alerts);
        open(engine);
        if (!startType.equals(OPENED)) {
            engine.apply(event(startType, Map.of()));
        }
        ClockView view = ticket(engine).clocks().get(0);
        engine.runOut();
        return new Forecast(clock, startType, target, calendar.zone(), countsFromNs(calendar), view, alerts);
    }

    private static Target target(Policy policy, ClockDefinition clock) {
        Target target = policy.targets().get(clock.name());
        if (target == null) {
            throw new IllegalStateException("policy " + policy.name() + " has no target for " + clock.name());
        }
        return target;
    }

    private CalendarSpec calendar(Target target) {
        return policies.calendars().stream()
                .filter(calendar -> calendar.name().equals(target.calendar()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("calendar " + target.calendar() + " is not in the file"));
    }

    private static Policy with(Policy policy, Map<String, Target> targets) {
        return new Policy(policy.name(), policy.label(), policy.match(), targets);
    }

    /** Its opening, if that may start it; of a cancelled ticket nothing is announced, so anything rather than that. */
    private static String startType(ClockDefinition clock) {
        List<String> types = clock.start().stream().map(Trigger::type).toList();
        if (types.contains(OPENED)) {
            return OPENED;
        }
        return types.stream()
                .filter(type -> !type.equals(CANCELLED))
                .findFirst()
                .orElse(CANCELLED);
    }

    /** That it starts is what is assumed, whatever else would have to be so. */
    private static ClockDefinition startedBy(String type, ClockDefinition clock) {
        return new ClockDefinition(
                clock.name(),
                List.of(Trigger.on(type)),
                clock.stop(),
                clock.pause(),
                clock.resume(),
                clock.restart(),
                clock.cancel(),
                clock.repeat(),
                clock.reopen(),
                List.of());
    }

    private Engine engine(
            List<CalendarSpec> calendars,
            List<ClockDefinition> clocks,
            List<Policy> tried,
            List<Forecast.Alert> alerts) {
        AlertRecord alert = new AlertRecord();
        Engine engine = new Engine(
                SMALL, new PolicyFile(), (buffer, offset, length) -> alerts.add(read(alert, buffer, offset)));
        engine.use(new PolicySet(policies.timezone(), policies.forgetAfterNs(), calendars, clocks, tried), atNs);
        return engine;
    }

    private static Forecast.Alert read(AlertRecord alert, DirectBuffer buffer, int offset) {
        alert.wrap(buffer, offset);
        List<String> to = new ArrayList<>();
        for (String recipient = alert.nextTo(); recipient != null; recipient = alert.nextTo()) {
            to.add(recipient);
        }
        return new Forecast.Alert(alert.kind(), alert.threshold(), alert.level(), alert.atNs(), to);
    }

    private void open(Engine engine) {
        engine.apply(event(OPENED, attributes));
    }

    private EventRecord event(String type, Map<String, String> values) {
        EventRecordWriter writer = new EventRecordWriter().begin(atNs, TICKET, type, NO_ID);
        values.forEach((name, value) -> writer.attribute(ValueKind.STRING, name, value));
        EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
        record.stamp(atNs);
        return record;
    }

    private static TicketView ticket(Engine engine) {
        return engine.views().ticket(TICKET).orElseThrow();
    }

    private long countsFromNs(CalendarSpec spec) {
        BusinessCalendar calendar = new BusinessCalendar(spec);
        if (calendar.isOpen(atNs)) {
            return atNs;
        }
        long firstNs = calendar.plusNs(atNs, 1);
        return firstNs == BusinessCalendar.NEVER ? ClockView.NONE : firstNs - 1;
    }
}
