package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that stands still while promises fall due and events are on their way to it. */
class StallTest {
    /** Longer with {@code mvn -Dtocsin.stall=10}. */
    private static final Duration STALL = Duration.ofSeconds(Integer.getInteger("tocsin.stall", 1));

    private static final Duration TARGET = Duration.ofMillis(300);
    private static final int CONNECTIONS = 4;
    private static final int SOME = 200;

    @TempDir
    Path parent;

    private final Traffic traffic = new Traffic();

    @Test
    void shouldAnnounceEachBreachOnceAndKeepEachEventOnceWhenTheProcessStoodStill() throws Exception {
        Path folder = parent.resolve("data");
        Path policy = Files.writeString(parent.resolve("policy.yaml"), TestServer.FAST);
        Instant stopped;
        Instant resumed;
        try (ServerProcess server = ServerProcess.start(parent, "--data", folder, "--policy", policy)) {
            traffic.start(server.api(), CONNECTIONS);
            awaitMore(SOME);
            server.standStill();
            stopped = Instant.now();
            Await.until("the stall is over", () -> Instant.now().isAfter(stopped.plus(STALL)));
            resumed = Instant.now();
            server.goOn();
            // What was on its way is answered after all or, if that took too long, sent again.
            traffic.stop();
            traffic.sendUnsureAgain(server.api());
            traffic.start(server.api(), CONNECTIONS);
            awaitMore(SOME);
            traffic.stop();
            Await.until("each ticket has breached", () -> breaches(server) == traffic.sentCount());
            assertEachTicketIsThereOnce(server.api().counters());
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
        }
        List<JsonNode> alerts =
                TestServer.keptAlerts(folder).stream().map(Api::parse).toList();
        assertEachIsThereOnce(alerts);
        assertInstantsAreHonest(alerts, stopped, resumed);
        ReplayOfFolder.assertGivesTheSame(folder, stateHash(folder));
    }

    private void awaitMore(int count) throws Exception {
        int enough = traffic.acknowledged().size() + count;
        Await.until("enough is acknowledged", () -> traffic.acknowledged().size() >= enough);
    }

    private static long breaches(ServerProcess server) throws Exception {
        return server.api().counters().get("alerts").get("breach").asLong();
    }

    private void assertEachTicketIsThereOnce(JsonNode counters) {
        int tickets = traffic.sentCount();
        assertThat(counters.get("tickets").asInt()).isEqualTo(tickets);
        assertThat(counters.get("events").asInt() - counters.get("duplicates").asInt())
                .isEqualTo(tickets);
        assertThat(traffic.acknowledged()).hasSize(tickets);
    }

    private void assertEachIsThereOnce(List<JsonNode> alerts) {
        assertThat(alerts.stream().map(alert -> alert.get("seq").asLong()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, alerts.size()).boxed().toList());
        assertThat(alerts.stream().map(alert -> alert.get("id").asText())).doesNotHaveDuplicates();
        assertThat(breaches(alerts).stream().map(alert -> alert.get("ticket").asText()))
                .containsExactlyInAnyOrderElementsOf(traffic.acknowledged());
    }

    private static void assertInstantsAreHonest(List<JsonNode> alerts, Instant stopped, Instant resumed) {
        assertThat(breaches(alerts)).allSatisfy(alert -> {
            assertThat(instant(alert, "at")).isEqualTo(instant(alert, "due"));
            assertThat(instant(alert, "detected")).isAfter(instant(alert, "at"));
        });
        List<JsonNode> missed = breaches(alerts).stream()
                .filter(alert -> instant(alert, "at").isAfter(stopped)
                        && instant(alert, "at").isBefore(resumed))
                .toList();
        assertThat(missed).isNotEmpty().allSatisfy(alert -> {
            assertThat(instant(alert, "at")).isBefore(stopped.plus(TARGET));
            assertThat(instant(alert, "detected")).isAfter(resumed);
        });
    }

    private static List<JsonNode> breaches(List<JsonNode> alerts) {
        return alerts.stream()
                .filter(alert -> alert.get("kind").asText().equals("breach"))
                .toList();
    }

    private static Instant instant(JsonNode alert, String field) {
        return Instant.parse(alert.get(field).asText());
    }

    private static String stateHash(Path folder) throws Exception {
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            return server.stateHash();
        }
    }
}
