package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Trigger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Another policy file comes into force while tickets are open. */
class PolicyReplacedTest {
    private static final PolicySet HOUR = policies(policy("hour", Map.of("resolution", target("1h"))));
    private static final PolicySet DAY = policies(policy("day", Map.of("resolution", target("24h"))));

    private final Scenario desk = new Scenario(HOUR);

    @Test
    void shouldMeasureRunningAndPausedClocksAgain() {
        desk.on("10:00", "T1", "opened").on("10:00", "T2", "opened").on("10:30", "T2", "pending");

        desk.use("10:40", DAY).now("10:50");

        assertThat(desk.clock("T1", "resolution")).isEqualTo("running 50m of 24h due 2026-11-24T10:00");
        assertThat(desk.clock("T2", "resolution")).isEqualTo("paused 30m of 24h due never");
        assertThat(desk.ticket("T1").policy()).isEqualTo("day");
    }

    @Test
    void shouldLetStoppedClocksKeepTheirResult() {
        desk.on("10:00", "T1", "opened").on("12:00", "T1", "resolved").use("13:00", DAY);

        assertThat(desk.clock("T1", "resolution")).isEqualTo("stopped breached 2h of 1h due 11:00");
        assertThat(desk.ticket("T1").policy()).isEqualTo("day");
    }

    @Test
    void shouldFireWhatIsDueBeforeItComesIntoForce() {
        desk.on("10:00", "T1", "opened").use("11:00:00.000000001", DAY);

        assertThat(desk.alerts())
                .containsExactly(
                        "11:00 breach T1/resolution/1/breach",
                        "11:00:00.000000001 revoked T1/resolution/1/breach/revoked");
    }

    @Test
    void shouldBreachAtOnceInFirstSeenOrderWhatIsNowPast() {
        Scenario slow = new Scenario(DAY);
        slow.on("10:00", "T1", "opened").on("10:10", "T2", "opened");

        slow.use("12:00", HOUR);

        assertThat(slow.alerts())
                .containsExactly("11:00 breach T1/resolution/1/breach", "11:10 breach T2/resolution/1/breach");
    }

    @Test
    void shouldRevokeWhenTheTargetIsGoneAndBreachAgainWhenItComesBack() {
        PolicySet nothing = policies(policy("none", Map.of("first_response", target("1h")), is("never", "so")));
        desk.on("10:00", "T1", "opened").use("12:00", nothing);
        assertThat(desk.ticket("T1").clocks()).isEmpty();

        desk.use("13:00", HOUR);

        assertThat(desk.alerts())
                .containsExactly(
                        "11:00 breach T1/resolution/1/breach",
                        "12:00 revoked T1/resolution/1/breach/revoked",
                        "11:00 breach T1/resolution/1/breach#2");
    }

    @Test
    void shouldUseTheNewHoursOfACalendarOfTheSameName() {
        Scenario office = new Scenario(promise("resolution", target("2h", OFFICE, List.of(), List.of())));
        PolicySet before = promise("resolution", target("2h", "24x7", List.of(), List.of()));
        office.on("07:00", "T1", "opened").now("08:00");
        assertThat(office.clock("T1", "resolution")).isEqualTo("running 0s of 2h due 11:00");

        office.use("08:00", before);

        assertThat(office.clock("T1", "resolution")).isEqualTo("running 1h of 2h due 09:00");
    }

    @Test
    void shouldForgetByTheNewRule() {
        desk.on("10:00", "T1", "opened").on("10:30", "T1", "resolved").use("13:00", forgetting("1h", DAY));

        desk.now("13:00:01");

        assertThat(desk.counters().openTickets()).isZero();
    }

    @Test
    void shouldFollowANewClockOnNewTickets() {
        ClockDefinition greeting = fromOpenedTo("greeted", "greeting");
        PolicySet greeted = policies(
                List.of(BuiltInClocks.RESOLUTION, greeting),
                policy("greeted", Map.of("resolution", target("1h"), "greeting", target("1m"))));
        desk.on("10:00", "T1", "opened").on("10:00", "T1", "greeted").use("10:00", greeted);

        desk.on("10:00", "T2", "opened").on("10:00:30", "T2", "greeted").now("10:10");

        assertThat(desk.clock("T2", "greeting")).isEqualTo("stopped 30s of 1m due 10:01");
        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldKeepTheOrderOfTheBuiltInClocksWhicheverWasPromisedFirst() {
        PolicySet both = policies(policy("both", Map.of("resolution", target("1h"), "first_response", target("1h"))));

        desk.use("09:00", both).on("10:00", "T1", "opened").now("12:00");

        assertThat(desk.alerts())
                .containsExactly("11:00 breach T1/first_response/1/breach", "11:00 breach T1/resolution/1/breach");
        assertThat(desk.engine()
                        .views()
                        .stats(List.of())
                        .groups()
                        .get(0)
                        .clocks()
                        .keySet())
                .containsExactly("first_response", "resolution");
    }

    @Test
    void shouldKeepTheOrderInWhichAFileDefinesItsClocksWhicheverWasPromisedFirst() {
        List<ClockDefinition> clocks = List.of(fromOpenedTo("greeted", "greeting"), fromOpenedTo("seated", "seating"));
        Scenario restaurant = new Scenario(policies(clocks, policy("one", Map.of("seating", target("1h")))));

        restaurant.use(
                "09:00", policies(clocks, policy("both", Map.of("seating", target("1h"), "greeting", target("1h")))));
        restaurant.on("10:00", "T1", "opened").now("12:00");

        assertThat(restaurant.alerts())
                .containsExactly("11:00 breach T1/greeting/1/breach", "11:00 breach T1/seating/1/breach");
    }

    private static ClockDefinition fromOpenedTo(String stop, String name) {
        return new ClockDefinition(
                name,
                List.of(Trigger.on("opened")),
                List.of(Trigger.on(stop)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                ClockDefinition.Reopen.IGNORE,
                List.of());
    }

    @Test
    void shouldGiveFiguresOfFollowedClocksOnly() {
        assertThat(desk.engine().views().stats(List.of()).groups().get(0).clocks())
                .containsOnlyKeys("resolution");
    }
}
