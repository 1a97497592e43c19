package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ticket's status follows its events. */
class StatusTest {
    private final Scenario desk = new Scenario(policies(policy("all", Map.of("resolution", target("4h")))));

    @ParameterizedTest
    @CsvSource({
        "'', open",
        "assigned accepted responded transferred updated recorded followed_up rated complained acknowledged, open",
        "customer_replied, open",
        "pending, pending",
        "pending responded updated, pending",
        "pending resumed, open",
        "pending customer_replied, open",
        "resolved, resolved",
        "resolved customer_replied, resolved",
        "resolved closed, closed",
        "resolved reopened, open",
        "closed reopened, open",
        "closed opened, closed",
        "cancelled, cancelled",
        "cancelled closed, cancelled",
        "resolved cancelled resolved, cancelled",
        "cancelled pending, cancelled",
        "cancelled reopened, open",
        "abandoned, abandoned",
        "abandoned reopened pending, pending",
    })
    void shouldFollowTheEvents(String types, String status) {
        desk.on("10:00", "T1", "opened");
        for (String type : types.isEmpty() ? new String[0] : types.split(" ")) {
            desk.on("10:10", "T1", type);
        }

        assertThat(desk.status("T1")).isEqualTo(status);
    }

    @Test
    void shouldFollowTheLatestEventByEventTime() {
        desk.on("10:00", "T1", "opened").on("12:00", "T1", "resolved").late("12:10", "11:00", "T1", "pending");

        assertThat(desk.status("T1")).isEqualTo("resolved");
    }

    @Test
    void shouldFollowTheLaterArrivalOfTwoAtTheSameTime() {
        desk.on("10:00", "T1", "opened").on("12:00", "T1", "resolved").late("12:10", "12:00", "T1", "reopened");

        assertThat(desk.status("T1")).isEqualTo("open");
    }

    @Test
    void shouldNameNoPolicyWhenNoneMatches() {
        Scenario picky = new Scenario(policies(policy("gold", Map.of("resolution", target("4h")), is("tier", "gold"))));

        picky.on("10:00", "T1", "opened").on("10:00", "T2", "opened", "tier=gold");

        assertThat(picky.ticket("T1").policy()).isNull();
        assertThat(picky.ticket("T1").clocks()).isEmpty();
        assertThat(picky.ticket("T2").policy()).isEqualTo("gold");
    }
}
