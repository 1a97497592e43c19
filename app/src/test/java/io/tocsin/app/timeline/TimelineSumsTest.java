package io.tocsin.app.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.replay.Sources;
import io.tocsin.app.replay.Until;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.timeline.ClockTimeline;
import io.tocsin.engine.timeline.Detections;
import io.tocsin.engine.timeline.Segment;
import io.tocsin.engine.timeline.TicketRecords;
import io.tocsin.engine.timeline.Timeline;
import io.tocsin.engine.timeline.TimelineRun;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.TicketView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every ticket of whole streams: its timeline comes from its own records alone, and must show what an engine that saw all
 * tickets knows, with segments that leave no gap and add up to the nanosecond.
 */
class TimelineSumsTest {
    /** Maven runs the tests in the module's folder. */
    private static final Path DATA = Path.of("..", "..", "shared", "data");

    private static final Path POLICIES = Path.of("..", "examples", "policies");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"incidents.ndjson.gz, it-incidents.yaml, 24918", "bank-calls-1999-02.ndjson.gz, bank-calls.yaml, 33041"
    })
    void shouldAddUpForEveryTicketOfARealStream(String events, String policy, int tickets) throws IOException {
        assumeTrue(Files.isDirectory(DATA), () -> DATA + " is not there, so no real stream is read");
        assertThat(check(DATA.resolve(events), POLICIES.resolve(policy))).isEqualTo(tickets);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldAddUpForEveryTicketOfAStreamByChance(long seed) throws IOException {
        Path events = ChanceStream.write(folder.resolve("events.ndjson"), seed, 60, 3_000);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), ChanceStream.POLICY);
        assertThat(check(events, policy)).as("seed %d", seed).isEqualTo(60);
    }

    @Test
    void shouldAddUpForEveryExample() throws IOException {
        try (var files = Files.list(Path.of("..", "examples", "events"))) {
            for (Path events : files.filter(file -> !file.toString().endsWith(".alerts.ndjson"))
                    .toList()) {
                String name = events.getFileName().toString().replace(".ndjson", ".yaml");
                assertThat(check(events, POLICIES.resolve(name))).isPositive();
            }
        }
    }

    /** @return how many tickets were looked at */
    private static int check(Path events, Path policyFile) throws IOException {
        PolicySet policies = new PolicyFile().read(Files.readString(policyFile));
        Map<String, TicketRecords> records = new LinkedHashMap<>();
        Map<String, TicketView> expected = new LinkedHashMap<>();
        Engine whole = new Engine(EngineConfig.DEFAULT, new PolicyFile(), (buffer, offset, length) -> {});
        whole.onForget(slot -> put(expected, whole.views().ticketAt(slot)));
        whole.use(policies, 0);
        Sources.open("explain", events.toString(), false, false, new PrintWriter(Writer.nullWriter()))
                .forEach(record -> {
                    whole.apply(record);
                    offer(records, record);
                });
        whole.views().tickets().forEach(ticket -> put(expected, ticket));
        expected.forEach((id, ticket) -> check(ticket, timeline(records.get(id), policies, whole)));
        return expected.size();
    }

    private static void put(Map<String, TicketView> tickets, TicketView ticket) {
        tickets.put(ticket.ticket(), ticket);
    }

    private static void offer(Map<String, TicketRecords> records, EventRecord record) {
        records.computeIfAbsent(
                        record.ticket(), id -> new TicketRecords(id, false, EngineConfig.DEFAULT.rememberedIds()))
                .offer(record);
    }

    private static Timeline timeline(TicketRecords records, PolicySet policies, Engine whole) {
        TimelineRun run = new TimelineRun(records, new PolicyFile(), Detections.NONE);
        run.use(policies);
        run.apply(() -> {});
        run.moveOn(engine -> engine.advance(whole.nowNs()));
        run.moveOn(Until.LAST_EVENT::moveOn);
        return run.timeline(null).orElseThrow();
    }

    private static void check(TicketView expected, Timeline timeline) {
        List<ClockView> clocks =
                timeline.clocks().stream().map(ClockTimeline::clock).toList();
        assertThat(clocks).as(expected.ticket()).isEqualTo(expected.clocks());
        assertThat(timeline.status()).isEqualTo(expected.status());
        assertThat(timeline.attributes()).isEqualTo(expected.attributes());
        for (ClockTimeline clock : timeline.clocks()) {
            check(clock, timeline);
        }
    }

    private static void check(ClockTimeline timeline, Timeline whole) {
        ClockView clock = timeline.clock();
        long endNs = clock.stoppedNs() == ClockView.NONE ? whole.asOfNs() : clock.stoppedNs();
        long atNs = clock.startedNs();
        long countedNs = 0;
        Segment last = null;
        for (Segment segment : timeline.segments()) {
            assertThat(segment.fromNs()).as("%s of %s", clock, whole.ticket()).isEqualTo(atNs);
            assertThat(segment.toNs()).isGreaterThan(segment.fromNs());
            if (last == null || segment.kind() == Segment.Kind.PAUSED || segment.kind() == Segment.Kind.STOPPED) {
                assertThat(segment.cause())
                        .as("%s of %s", clock, whole.ticket())
                        .isNotNull();
            }
            countedNs += segment.countedNs();
            atNs = segment.toNs();
            last = segment;
        }
        assertThat(atNs).as("%s of %s", clock, whole.ticket()).isEqualTo(endNs);
        assertThat(countedNs).as("%s of %s", clock, whole.ticket()).isEqualTo(clock.elapsedNs());
        assertThat(timeline.stoppedBy() == null).isEqualTo(clock.stoppedNs() == ClockView.NONE);
        assertThat(timeline.match()).isNotNull();
    }
}
