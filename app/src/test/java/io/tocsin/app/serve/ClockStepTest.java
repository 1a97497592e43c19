package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.journal.ChronicleEventJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose clock is set by hours while it runs, or between two runs; the clock moves by nothing else. */
class ClockStepTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration STEP = Duration.ofHours(3);
    private static final Duration WARNED = Duration.ofMillis(150);
    private static final Duration DUE = Duration.ofMillis(300);
    private static final Duration LATER = Duration.ofSeconds(1);

    @TempDir
    Path parent;

    private final AtomicLong clockNs = new AtomicLong();
    private Path folder;

    @BeforeEach
    void begin() {
        folder = parent.resolve("data");
        setClock(START);
    }

    @Test
    void shouldAnnounceOnceWhatFellDueInAStepForwardWithItsTrueInstant() throws Exception {
        String stateHash;
        try (TestServer server = start(TestServer.FAST)) {
            open(server, "T1");
            setClock(START.plus(STEP));
            Await.until("both alerts are kept", () -> server.lastAlert() == 2);
            open(server, "T2");
            setClock(START.plus(STEP).plus(LATER));
            Await.until("the second ticket's are too", () -> server.lastAlert() == 4);
            stateHash = server.stateHash();
        }
        assertThat(ids())
                .containsExactly(
                        "T1/first_response/1/warning/50%",
                        "T1/first_response/1/breach", "T2/first_response/1/warning/50%", "T2/first_response/1/breach");
        assertThat(instants("at").subList(0, 2)).containsExactly(START.plus(WARNED), START.plus(DUE));
        assertThat(instants("detected").subList(0, 2)).containsOnly(START.plus(STEP));
        ReplayOfFolder.assertGivesTheSame(folder, stateHash);
    }

    @Test
    void shouldTakeEventsAndAnnounceNothingUntilTheClockHasCaughtUpAfterAStepBack() throws Exception {
        String stateHash;
        try (TestServer server = start(TestServer.FAST)) {
            open(server, "T1");
            setClock(START.minus(STEP));
            open(server, "T2");
            setClock(START.minus(STEP).plus(LATER));
            open(server, "T3");
            setClock(START);
            open(server, "T4");

            assertThat(server.lastAlert()).isZero();
            assertThat(server.api().counters().get("events").asInt()).isEqualTo(4);
            for (String ticket : List.of("T2", "T3", "T4")) {
                assertThat(started(server, ticket)).as(ticket).isEqualTo(START);
            }

            setClock(START.plus(LATER));
            Await.until("all alerts are kept", () -> server.lastAlert() == 8);
            stateHash = server.stateHash();
        }
        assertThat(ids()).doesNotHaveDuplicates();
        assertThat(instants("at")).containsOnly(START.plus(WARNED), START.plus(DUE));
        assertThat(instants("detected")).containsOnly(START.plus(LATER));
        ReplayOfFolder.assertGivesTheSame(folder, stateHash);
    }

    /** An event time is judged by the clock as it is; engine time decides only when a thing is noticed. */
    @Test
    void shouldTakeEventTimesOfTheClockAsItIsAfterAStepBack() throws Exception {
        try (TestServer server = start(TestServer.FAST)) {
            open(server, "T1");
            Instant set = START.minus(STEP);
            setClock(set);
            server.api().accept(Api.JSON, opened("T2", set), 1);
            assertThat(started(server, "T2")).isEqualTo(set);
            Await.until("what is long due is announced at once", () -> server.lastAlert() == 1);

            Api.Answer answer = server.api().post(Api.JSON, opened("T3", START));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).contains("2026-11-22T12:00:00Z");
        }
        assertThat(ids()).containsExactly("T2/first_response/1/breach");
    }

    @Test
    void shouldGoOnAfterTheLastAlertWhenTheClockWasSetBackBetweenTwoRuns() throws Exception {
        try (TestServer server = start(TestServer.FAST)) {
            open(server, "T1");
            setClock(START.plus(LATER));
            Await.until("both alerts are kept", () -> server.lastAlert() == 2);
        }
        String stateHash;
        setClock(START.minus(STEP));
        try (TestServer server = start(null)) {
            open(server, "T2");
            assertThat(started(server, "T2")).isEqualTo(START.plus(LATER));
            assertThat(server.lastAlert()).isEqualTo(2);

            setClock(START.plus(LATER).plus(LATER));
            Await.until("the second ticket's are kept", () -> server.lastAlert() == 4);
            stateHash = server.stateHash();
        }
        assertThat(ids()).doesNotHaveDuplicates();
        assertThat(instants("at").subList(2, 4))
                .containsExactly(
                        START.plus(LATER).plus(WARNED), START.plus(LATER).plus(DUE));
        ReplayOfFolder.assertGivesTheSame(folder, stateHash);
    }

    @Test
    void shouldSayThatTheClockIsBehind() throws Exception {
        setClock(Instant.now().plus(STEP));
        try (TestServer server = start(TestServer.FAST)) {
            open(server, "T1");
        }
        try (ServerProcess server = ServerProcess.start(parent, "--data", folder)) {
            Await.until("it is told", () -> !server.complaints().isEmpty());
            assertThat(server.complaints())
                    .singleElement()
                    .asString()
                    .startsWith("tocsin: the system clock is 2h59m")
                    .contains("behind what the data folder has come to: engine time stands still until");
            server.api().accept(Api.JSON, "{\"ticket\":\"T2\",\"type\":\"opened\"}", 1);
        }
    }

    private TestServer start(String policyText) throws InterruptedException {
        TestServer server = TestServer.open(TestServer.config(folder), clockNs::get, ChronicleEventJournal::open);
        server.start(policyText);
        return server;
    }

    private void setClock(Instant instant) {
        clockNs.set(TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano());
    }

    private static void open(TestServer server, String ticket) throws Exception {
        server.api().accept(Api.JSON, "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\"}", 1);
    }

    private static String opened(String ticket, Instant at) {
        return "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\",\"at\":\"" + at + "\"}";
    }

    private static Instant started(TestServer server, String ticket) throws Exception {
        JsonNode clock =
                server.api().read("/v1/tickets/" + ticket).get("clocks").get(0);
        return Instant.parse(clock.get("started").asText());
    }

    private List<String> ids() {
        return kept("id");
    }

    private List<Instant> instants(String field) {
        return kept(field).stream().map(Instant::parse).toList();
    }

    private List<String> kept(String field) {
        return TestServer.keptAlerts(folder).stream()
                .map(line -> Api.parse(line).get(field).asText())
                .toList();
    }
}
