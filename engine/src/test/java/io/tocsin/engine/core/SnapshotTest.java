package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.snapshot.SnapshotBytes;
import io.tocsin.engine.snapshot.SnapshotDamagedException;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFacts;
import io.tocsin.engine.view.TicketFigures;
import io.tocsin.engine.view.TicketView;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final long OPENED_NS = at("08:00");
    private static final int MOST_OF_ONE_EVENT = 256;
    private static final PolicySet POLICIES = policies(policy(
            "all",
            Map.of(
                    "first_response",
                    target("15m", "24x7", List.of(share(50)), List.of(step("0m", "lead"))),
                    "resolution",
                    target("4h", OFFICE, List.of(share(50)), List.of(step("0m", "lead"))))));

    private final PolicyTexts policies = new PolicyTexts();
    private final EventRecordWriter writer = new EventRecordWriter();
    private final EventRecord record = new EventRecord();

    private Engine engine() {
        return engine(policies);
    }

    private static Engine engine(PolicyReader reader) {
        return new Engine(new EngineConfig(10), reader, (buffer, offset, length) -> {});
    }

    private Engine engineWithPolicies() {
        Engine engine = engine();
        engine.apply(policies.record(POLICIES, OPENED_NS));
        return engine;
    }

    /** Opens a ticket with so many attributes of all kinds. */
    private void open(Engine engine, String ticket, int attributes) {
        happen(engine, ticket, "opened", 0, Math.min(attributes, MOST_OF_ONE_EVENT));
        for (int from = MOST_OF_ONE_EVENT; from < attributes; from += MOST_OF_ONE_EVENT) {
            happen(engine, ticket, "updated", from, Math.min(attributes, from + MOST_OF_ONE_EVENT));
        }
    }

    private void happen(Engine engine, String ticket, String type, int from, int to) {
        writer.begin(OPENED_NS, ticket, type, "");
        for (int i = from; i < to; i++) {
            ValueKind kind = ValueKind.of((byte) (1 + i % 3));
            writer.attribute(kind, "name-" + i, kind == ValueKind.BOOLEAN ? "true" : Integer.toString(i % 50));
        }
        record.wrap(writer.buffer(), 0).stamp(OPENED_NS);
        engine.apply(record);
    }

    private static byte[] snapshot(Engine engine) {
        return SnapshotBytes.writtenBy(sink -> engine.writeSnapshot(sink, 42));
    }

    private Engine broughtBack(byte[] snapshot) {
        Engine engine = engine();
        assertThat(engine.readSnapshot(SnapshotBytes.source(snapshot))).isEqualTo(42);
        return engine;
    }

    @Test
    void shouldBringBackAnEngineThatKnowsNothing() {
        Engine engine = broughtBack(snapshot(engine()));

        assertThat(engine.views().stateHash()).isEqualTo(engine().views().stateHash());
        assertThat(engine.nowNs()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldKeepAttributesOfEverySizeAndKindInTheirOrder() {
        Engine engine = engineWithPolicies();
        for (int attributes : new int[] {0, 1, 4, 5, 8, 9, 63, 64, 65, Attributes.MOST}) {
            open(engine, "T" + attributes, attributes);
        }
        List<TicketView> before = engine.views().tickets();

        Engine again = broughtBack(snapshot(engine));

        List<TicketView> after = again.views().tickets();
        assertThat(after).isEqualTo(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(List.copyOf(after.get(i).attributes().entrySet()))
                    .isEqualTo(List.copyOf(before.get(i).attributes().entrySet()));
        }
    }

    @Test
    void shouldKeepHowManyAttributesWereDropped() {
        Engine engine = engineWithPolicies();
        open(engine, "T", Attributes.MOST);
        happen(engine, "T", "updated", Attributes.MOST, Attributes.MOST + 1);

        Engine again = broughtBack(snapshot(engine));

        assertThat(again.views().counters()).isEqualTo(engine.views().counters());
        assertThat(again.views().counters().droppedAttributes()).isOne();
    }

    /** Grouping by an attribute must not hold texts for ever, and texts of gone tickets must not come back. */
    @Test
    void shouldNotWriteTextsThatNoTicketHas() {
        Engine engine = engineWithPolicies();
        open(engine, "T", 3);
        byte[] before = snapshot(engine);
        engine.views().stats(List.of("channel", "name-0"));

        assertThat(snapshot(engine)).isEqualTo(before);
    }

    @Test
    void shouldTakeAtMost140BytesForATicketWithTwoRunningClocksAndEightAttributes() {
        int tickets = 2_000;
        Engine engine = engineWithPolicies();
        int none = snapshot(engine).length;
        for (int i = 0; i < tickets; i++) {
            open(engine, "INC%013d".formatted(i), 8);
        }

        assertThat((snapshot(engine).length - none) / tickets).isLessThanOrEqualTo(140);
    }

    @Test
    void shouldAllocateNothingForATicketThatIsWritten() {
        Engine engine = engineWithPolicies();
        open(engine, "first", 8);
        long few = bytesAllocatedToWrite(engine);
        for (int i = 0; i < 10_000; i++) {
            open(engine, "INC%013d".formatted(i), 8);
        }

        assertThat(bytesAllocatedToWrite(engine)).isLessThan(few + 10_000);
    }

    /** The least of a few times: the JVM itself may make something on a thread whose code it compiles. */
    private static long bytesAllocatedToWrite(Engine engine) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            engine.writeSnapshot((buffer, offset, length) -> {}, 0);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** What was written once can be read for ever: this is what version 2 makes of an engine, byte by byte. */
    @Test
    void shouldWriteAndReadVersion2AsEver() throws IOException {
        byte[] kept = kept("snapshot-2.hex");

        assertThat(HexFormat.of().formatHex(lively())).isEqualTo(HexFormat.of().formatHex(kept));
        assertThat(snapshot(broughtBack(kept))).isEqualTo(kept);
    }

    /**
     * Version 1 has counts and no instants: all is as it was, but windows know only what can be derived. What it has of gone
     * tickets' and alerts' hashes is of another function, so that the state's hash goes on from another one.
     */
    @Test
    void shouldReadVersion1() throws IOException {
        Engine now = broughtBack(lively());

        Engine then = broughtBack(kept("snapshot-1.hex"));

        assertThat(facts(then)).isEqualTo(facts(now));
        assertThat(then.views().counters()).isEqualTo(now.views().counters());
        assertThat(then.views().totals()).isEqualTo(now.views().totals());
        assertThat(then.views().tickets()).isEqualTo(now.views().tickets());
        for (List<String> by : List.of(List.<String>of(), List.of("last"))) {
            assertThat(then.views().stats(by).groups())
                    .extracting(StatsView.Group::tickets, StatsView.Group::clocks)
                    .isEqualTo(now.views().stats(by).groups().stream()
                            .map(group -> tuple(group.tickets(), group.clocks()))
                            .toList());
        }
        assertThat(flow(then, OPENED_NS)).isEqualTo(List.of(3L, 0L, 1L));
        assertThat(flow(now, OPENED_NS)).isEqualTo(List.of(4L, 2L, 1L));
        assertThat(snapshot(broughtBack(snapshot(then)))).isEqualTo(snapshot(then));
    }

    private static List<TicketFacts> facts(Engine engine) {
        List<TicketFacts> facts = new ArrayList<>();
        engine.views().forEachFacts(facts::add);
        return facts;
    }

    /** What was opened, resolved and reopened from an instant on. */
    private static List<Long> flow(Engine engine, long fromNs) {
        TicketFigures tickets = engine.views()
                .figures(List.of(), fromNs, Long.MAX_VALUE)
                .groups()
                .get(0)
                .tickets();
        return List.of(tickets.opened(), tickets.resolved(), tickets.reopened());
    }

    private byte[] kept(String resource) throws IOException {
        try (InputStream hex = getClass().getResourceAsStream(resource)) {
            String digits = new String(hex.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
            return HexFormat.of().parseHex(digits);
        }
    }

    // ---- what cannot be

    @Test
    void shouldRefuseToWritePoliciesThatWereNoRecord() {
        Engine engine = engine();
        engine.use(POLICIES, OPENED_NS);

        assertThatThrownBy(() -> snapshot(engine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("policies were put into force that did not come as a record");
    }

    @Test
    void shouldRefuseToReadIntoAnEngineThatIsNotNew() {
        Engine engine = engineWithPolicies();
        byte[] snapshot = snapshot(engine);

        assertThatThrownBy(() -> engine.readSnapshot(SnapshotBytes.source(snapshot)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a snapshot is for a new engine only");
    }

    @Test
    void shouldRefuseAnotherNumberOfRememberedIds() {
        byte[] snapshot = snapshot(engineWithPolicies());
        Engine other = new Engine(new EngineConfig(11), policies, (buffer, offset, length) -> {});

        assertThatThrownBy(() -> other.readSnapshot(SnapshotBytes.source(snapshot)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("remembers 10 idempotency keys, this one remembers 11");
    }

    @Test
    void shouldSayWhichPolicyThisBuildCannotRead() {
        byte[] snapshot = snapshot(engineWithPolicies());

        assertThatThrownBy(() -> engine(Scenario.NO_POLICY_RECORDS).readSnapshot(SnapshotBytes.source(snapshot)))
                .isInstanceOf(SnapshotDamagedException.class)
                .hasMessageContaining(
                        "in policies: policy 1 of 1 cannot be read by this build: no policy records here");
    }

    @Test
    void shouldRefusePoliciesThatThisBuildReadsInAnotherWay() {
        byte[] snapshot = snapshot(engineWithPolicies());
        PolicySet fewer = promise("resolution", target("4h", OFFICE, List.of(share(50)), List.of()));

        assertThatThrownBy(() -> engine(text -> fewer).readSnapshot(SnapshotBytes.source(snapshot)))
                .isInstanceOf(SnapshotDamagedException.class)
                .hasMessageContaining("have 1 targets as this build reads them, and had 2");
    }

    // ---- damage

    @Test
    void shouldNoticeEveryByteThatIsChanged() {
        byte[] snapshot = lively();
        for (int at = 0; at < snapshot.length; at++) {
            for (int flip : new int[] {1, 0x80, 0xFF}) {
                snapshot[at] ^= (byte) flip;
                assertDamaged(snapshot, snapshot.length, "byte " + at + " changed by " + flip);
                snapshot[at] ^= (byte) flip;
            }
        }
        assertThat(broughtBack(snapshot).views().tickets()).isNotEmpty();
    }

    @Test
    void shouldNoticeEveryEndThatIsTooEarly() {
        byte[] snapshot = lively();
        for (int end = 0; end < snapshot.length; end++) {
            assertDamaged(snapshot, end, "ends at " + end);
        }
    }

    @Test
    void shouldNoticeWhatFollowsTheEnd() {
        byte[] snapshot = lively();
        for (int more : new int[] {1, 8, 1_000}) {
            byte[] longer = Arrays.copyOf(snapshot, snapshot.length + more);
            assertDamaged(longer, longer.length, more + " bytes more");
        }
        byte[] twice = Arrays.copyOf(snapshot, snapshot.length * 2);
        System.arraycopy(snapshot, 0, twice, snapshot.length, snapshot.length);
        assertDamaged(twice, twice.length, "twice");
    }

    private void assertDamaged(byte[] snapshot, int end, String what) {
        assertThatThrownBy(() -> engine().readSnapshot(SnapshotBytes.source(snapshot, end)))
                .as(what)
                .isInstanceOf(SnapshotDamagedException.class)
                .hasMessageStartingWith("snapshot cannot be used: at byte ");
    }

    /** A small snapshot with something in every section. */
    private byte[] lively() {
        Engine engine = engine();
        engine.apply(policies.record(forgetting("20m", POLICIES), OPENED_NS));
        List<String> happened = new ArrayList<>(List.of("opened T1", "opened T2", "opened T3", "pending T2"));
        happened.addAll(List.of("resolved T1", "resolved T3", "reopened T3", "opened T4", "responded T4"));
        long nowNs = OPENED_NS;
        for (String line : happened) {
            nowNs += ns("10m");
            String[] words = line.split(" ");
            writer.begin(nowNs, words[1], words[0], line).attribute(ValueKind.STRING, "last", words[0]);
            record.wrap(writer.buffer(), 0).stamp(nowNs);
            engine.apply(record);
        }
        assertThat(engine.views().counters().breaches()).isPositive();
        assertThat(engine.views().ticket("T1")).isEmpty();
        return snapshot(engine);
    }
}
