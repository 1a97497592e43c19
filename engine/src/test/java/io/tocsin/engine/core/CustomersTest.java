package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.PolicySet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Second contacts of one customer, over several tickets. */
class CustomersTest {
    private static final FigureSettings BY_CUSTOMER = new FigureSettings(
            "customer", ns("1h"), 4_000, "first_response", ns("30s"), FigureSettings.DEFAULT.serviceLevel());
    private static final PolicySet POLICIES = WindowsTest.in("UTC", BY_CUSTOMER, promise("resolution", target("1h")));

    private final Scenario desk = new Scenario(POLICIES);

    /** The share of tickets resolved since the morning after which the customer came again. */
    private Double rate() {
        return desk.engine()
                .views()
                .figures(List.of(), at("00:00"), Long.MAX_VALUE)
                .groups()
                .get(0)
                .service()
                .repeatContactRate();
    }

    @Test
    void shouldSeeThatTheCustomerOpensAnotherTicketSoonAfterwards() {
        desk.on("10:00", "T1", "opened", "customer=k").on("10:10", "T1", "resolved");
        desk.on("10:20", "T2", "opened", "customer=other");
        assertThat(rate()).isZero();

        desk.on("11:10", "T3", "opened", "customer=k");

        assertThat(rate()).isEqualTo(1.0);
    }

    @Test
    void shouldNotSeeWhoComesBeforeOrTooLate() {
        desk.on("10:00", "T1", "opened", "customer=k").on("10:05", "T2", "opened", "customer=k");
        desk.on("10:10", "T1", "resolved").on("11:10:00.000000001", "T3", "opened", "customer=k");

        assertThat(rate()).isZero();
    }

    @Test
    void shouldSeeAResolutionThatArrivesLate() {
        desk.on("10:00", "T1", "opened", "customer=k").on("10:30", "T2", "opened", "customer=k");

        desk.late("10:40", "10:10", "T1", "resolved");

        assertThat(rate()).isEqualTo(1.0);
    }

    @Test
    void shouldTakeBackWhatACancelledTicketOrAnotherCustomerMeant() {
        desk.on("10:00", "T1", "opened", "customer=k").on("10:10", "T1", "resolved");
        desk.on("10:20", "T2", "opened", "customer=k").on("10:21", "T2", "cancelled");
        assertThat(rate()).isZero();
        desk.on("10:30", "T3", "opened", "customer=k");
        assertThat(rate()).isEqualTo(1.0);

        desk.on("10:31", "T3", "updated", "customer=other");
        assertThat(rate()).isZero();
        desk.on("10:32", "T1", "updated", "customer=other");
        assertThat(rate()).isEqualTo(1.0);
    }

    @Test
    void shouldLearnAnewWhenTheFileSaysOtherwise() {
        desk.on("10:00", "T1", "opened", "customer=k", "account=x").on("10:10", "T1", "resolved");
        desk.on("10:20", "T2", "opened", "customer=k", "account=y");
        FigureSettings byAccount =
                new FigureSettings("account", ns("1h"), 4_000, "first_response", ns("30s"), BY_CUSTOMER.serviceLevel());

        desk.use("10:30", WindowsTest.in("UTC", byAccount, POLICIES));
        assertThat(rate()).isZero();
        desk.use("10:40", POLICIES);
        assertThat(rate()).isEqualTo(1.0);
    }
}
