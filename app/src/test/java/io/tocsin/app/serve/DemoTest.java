package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tocsin serve --demo}, in a process of its own. */
class DemoTest {
    @TempDir
    Path temporary;

    @Test
    void shouldFillTheBoardGiveAlertsAndLeaveNothingBehind() throws Exception {
        try (ServerProcess demo = ServerProcess.start(temporary, "--demo")) {
            Api api = demo.api();
            assertThat(demo.data()).isDirectory().hasParent(temporary);
            JsonNode tickets = api.read("/v1/stats").get("groups").get(0).get("tickets");
            assertThat(tickets.get("open").asInt()).isGreaterThan(100);
            assertThat(api.get("/v1/policy").text()).contains("policies:");
            int alertsBefore = alertCount(api);
            assertThat(alertsBefore).isPositive();
            Await.until("alerts flow", () -> alertCount(api) > alertsBefore);
            int ticketsBefore = ticketCount(api);
            Await.until("tickets are opened", () -> ticketCount(api) > ticketsBefore);

            assertThat(demo.terminate()).isZero();

            assertThat(demo.complaints()).isEmpty();
            assertThat(Files.exists(demo.data())).isFalse();
        }
    }

    @Test
    void shouldRemoveWhatAKilledOneLeftBehindAndNothingElse() throws Exception {
        try (ServerProcess killed = ServerProcess.start(temporary, "--demo");
                ServerProcess running = ServerProcess.start(temporary, "--demo")) {
            killed.kill();
            assertThat(killed.data()).isDirectory();
            try (ServerProcess next = ServerProcess.start(temporary, "--demo")) {
                assertThat(killed.data()).doesNotExist();
                assertThat(running.data()).isDirectory();
                assertThat(running.terminate()).isZero();
                assertThat(next.terminate()).isZero();
                assertThat(next.complaints()).isEmpty();
                assertThat(running.complaints()).isEmpty();
            }
        }
    }

    private static int ticketCount(Api api) throws Exception {
        return api.counters().get("tickets").asInt();
    }

    private static int alertCount(Api api) throws Exception {
        int sum = 0;
        for (JsonNode count : api.counters().get("alerts")) {
            sum += count.asInt();
        }
        return sum;
    }
}
