package io.tocsin.app.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Holiday;
import io.tocsin.engine.calendar.Shift;
import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.ClockDefinition.Reopen;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example that explains the policy file, value by value. */
class ContractExampleTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int HOUR = 3_600;

    private static final String EXAMPLE = """
            version: 1
            timezone: Asia/Shanghai            # for "today" and reports; default UTC
            calendars:
              office:
                timezone: Asia/Shanghai
                hours: {mon-fri: ["09:00-12:00", "13:30-18:00"], sat: ["10:00-16:00"]}   # "22:00-06:00" runs past midnight; "00:00-24:00" is a whole day
                holidays: ["2026-10-01..2026-10-07", "2027-01-01", "12-25"]              # a date, a range, or a day of every year
                exceptions: {"2026-10-10": ["09:00-18:00"]}     # replaces that date's hours and beats holidays (make-up working days); [] closes the date
            escalations:
              A: [{after: 0m, to: team_lead}, {after: 15m, to: technical_director}, {after: 30m, to: ceo}]
            clocks:                                              # optional: change a built-in clock or add one
              greeting: {start: [opened], stop: [responded, resolved, closed], cancel: [cancelled, abandoned]}
            policies:                                            # first match wins; looked up again whenever attributes change
              - name: after-sales complaint, grade A
                label: {zh: 售后投诉 A 类}                        # optional display names
                match: {stage: after_sales, grade: [A, A+], tier: {not: internal}, agent: "*"}   # equals, any of, not, present
                calendar: office                                 # default for its targets; built in: 24x7, which is also the default
                warn: [50%, 5m]                                  # default for its targets: share of the target used, or time left before due
                escalate: A                                      # default for its targets: a named chain or an inline list
                targets:
                  first_response: 15m
                  resolution: {target: 24h, calendar: 24x7, warn: [80%], escalate: [{after: 0m, to: [team_lead, on_call]}]}
            """;

    private static List<ClockDefinition> clocks() {
        List<ClockDefinition> clocks = new ArrayList<>(BuiltInClocks.all());
        clocks.add(greeting());
        return clocks;
    }

    @Test
    void shouldReadTheExampleOfTheContract() {
        assertThat(Checks.valid(EXAMPLE))
                .isEqualTo(new PolicySet(
                        SHANGHAI,
                        PolicySet.DEFAULT_FORGET_AFTER_NS,
                        List.of(CalendarSpec.always(SHANGHAI), office()),
                        clocks(),
                        List.of(policy())));
        // The clock "greeting" is defined to show the grammar; no policy of the example has a target for it.
        assertThat(Checks.warnings(EXAMPLE))
                .containsExactly("12:3: clocks.greeting: the clock \"greeting\" is not used by any policy");
    }

    private static CalendarSpec office() {
        Map<DayOfWeek, List<Shift>> hours = new EnumMap<>(DayOfWeek.class);
        List<Shift> workingDay = List.of(new Shift(9 * HOUR, 12 * HOUR), new Shift(13 * HOUR + HOUR / 2, 18 * HOUR));
        for (int day = 1; day <= 5; day++) {
            hours.put(DayOfWeek.of(day), workingDay);
        }
        hours.put(DayOfWeek.SATURDAY, List.of(new Shift(10 * HOUR, 16 * HOUR)));
        LocalDate newYear = LocalDate.of(2027, 1, 1);
        List<Holiday> holidays = List.of(
                new Holiday.Range(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 7)),
                new Holiday.Range(newYear, newYear),
                new Holiday.Yearly(MonthDay.of(12, 25)));
        Map<LocalDate, List<Shift>> exceptions =
                Map.of(LocalDate.of(2026, 10, 10), List.of(new Shift(9 * HOUR, 18 * HOUR)));
        return new CalendarSpec("office", SHANGHAI, hours, holidays, exceptions);
    }

    private static ClockDefinition greeting() {
        return new ClockDefinition(
                "greeting",
                List.of(Trigger.on("opened")),
                List.of(Trigger.on("responded"), Trigger.on("resolved"), Trigger.on("closed")),
                List.of(),
                List.of(),
                List.of(),
                List.of(Trigger.on("cancelled"), Trigger.on("abandoned")),
                false,
                Reopen.IGNORE,
                List.of());
    }

    private static Policy policy() {
        List<Condition> match = List.of(
                new Condition("stage", Condition.Test.ANY_OF, List.of("after_sales")),
                new Condition("grade", Condition.Test.ANY_OF, List.of("A", "A+")),
                new Condition("tier", Condition.Test.NONE_OF, List.of("internal")),
                new Condition("agent", Condition.Test.PRESENT, List.of()));
        Target firstResponse = new Target(
                new TargetTime.Elapsed(15 * MINUTE_NS),
                "office",
                List.of(Warning.ofShare("50%", 500_000), Warning.ofTimeLeft("5m", 5 * MINUTE_NS)),
                List.of(
                        new EscalationStep("0m", 0, 0, 1, List.of("team_lead")),
                        new EscalationStep("15m", 15 * MINUTE_NS, 0, 1, List.of("technical_director")),
                        new EscalationStep("30m", 30 * MINUTE_NS, 0, 1, List.of("ceo"))));
        Target resolution = new Target(
                new TargetTime.Elapsed(24 * 60 * MINUTE_NS),
                "24x7",
                List.of(Warning.ofShare("80%", 800_000)),
                List.of(new EscalationStep("0m", 0, 0, 1, List.of("team_lead", "on_call"))));
        return new Policy(
                "after-sales complaint, grade A",
                Map.of("zh", "售后投诉 A 类"),
                match,
                Map.of("first_response", firstResponse, "resolution", resolution));
    }
}
