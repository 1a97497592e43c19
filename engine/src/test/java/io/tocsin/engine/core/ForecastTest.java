package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.view.ForecastView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private final Scenario desk =
            new Scenario(policies(policy("all", Map.of("first_response", target("10m"), "resolution", target("1h")))));

    private ForecastView forecast(List<String> by) {
        ForecastSearch search = new ForecastSearch(desk.engine().views(), by, List.of(ns("5m"), ns("15m"), ns("1h")));
        ForecastView forecast = search.slice();
        while (forecast == null) {
            forecast = search.slice();
        }
        return forecast;
    }

    @Test
    void shouldCountClocksThatComeDueIfNothingHappens() {
        desk.on("10:00", "T1", "opened", "team=a").on("10:06", "T2", "opened", "team=b");
        desk.on("10:07", "T3", "opened", "team=b")
                .on("10:07", "T3", "responded")
                .on("10:08", "T3", "pending");

        assertThat(forecast(List.of("team")).groups())
                .containsExactly(
                        new ForecastView.Group(
                                Map.of("team", "a"),
                                Map.of("first_response", List.of(1L, 1L, 1L), "resolution", List.of(0L, 0L, 1L))),
                        new ForecastView.Group(
                                Map.of("team", "b"),
                                Map.of("first_response", List.of(0L, 1L, 1L), "resolution", List.of(0L, 0L, 1L))));
    }

    @Test
    void shouldCountADueAtTheEndAndNoBreach() {
        desk.on("10:00", "T1", "opened").now("10:05");
        assertThat(forecast(List.of()).groups().get(0).clocks().get("first_response"))
                .containsExactly(1L, 1L, 1L);

        desk.now("10:10:00.000000001");

        assertThat(forecast(List.of()).groups().get(0).clocks().keySet()).containsExactly("resolution");
    }

    @Test
    void shouldHaveNoGroupWhereNothingComesDue() {
        assertThat(forecast(List.of()).groups()).isEmpty();
    }
}
