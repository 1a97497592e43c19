package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineSmokeTest {
    @Test
    void shouldBreach() {
        Scenario s = new Scenario(policies(policy(
                "all",
                Map.of(
                        "first_response",
                        target(
                                "15m",
                                "24x7",
                                List.of(share(50), left("5m")),
                                List.of(step("0s", "lead"), step("15m", "boss"))),
                        "resolution",
                        target("4h")))));
        s.on("10:00", "T1", "opened", "a=b").now("10:40");
        assertThat(s.alerts()).containsExactly("x");
    }
}
