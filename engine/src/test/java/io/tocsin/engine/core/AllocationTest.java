package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.PolicySet;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * In steady state an event makes no garbage, nor does an alert. What a ticket leaves behind in the figures takes some 15
 * bytes, in chunks of 262,144, and what it leaves behind when something was announced of it one record, of which the first
 * chunk doubles with 16,384: the tickets after the warm-up stay within the second chunk of the one and clear of the other.
 */
class AllocationTest {
    /** What is kept of forgotten tickets takes an array of 256 KiB at a time. */
    private static final long HISTORY_CHUNK = (1 << 18) + 16;

    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 4_000;
    private static final int WINDOW = 500;
    private static final long MOST_OF_THE_JVM = 2_048;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final int NOBODY = -1;
    private static final byte[] NO_ID = {};
    private static final byte[] OPENED = ascii("opened");
    private static final byte[] RESPONDED = ascii("responded");
    private static final byte[] PENDING = ascii("pending");
    private static final byte[] RESUMED = ascii("resumed");
    private static final byte[] RESOLVED = ascii("resolved");
    private static final byte[] CLOSED = ascii("closed");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] PHONE = ascii("phone");
    private static final byte[] AGENT = ascii("agent");
    private static final byte[] TIER = ascii("tier");
    private static final byte[][] TIERS = {ascii("gold"), ascii("silver"), ascii("iron")};

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EventRecordWriter writer = new EventRecordWriter();
    private final EventRecord record = new EventRecord();
    private final byte[] ticket = ascii("INC0000000");
    private final byte[] id = ascii("evt-0000000");
    private final byte[] agent = ascii("a-0000000");
    private long nowNs = at("08:00");
    private long alertBytes;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Engine engine(PolicySet policies) {
        Engine engine = new Engine(
                new EngineConfig(1_000),
                Scenario.NO_POLICY_RECORDS,
                (buffer, offset, length) -> alertBytes += buffer.getLong(offset + 8) + length);
        engine.use(forgetting("10m", policies), nowNs);
        return engine;
    }

    @Test
    void shouldAllocateNothingFromTheFirstEventOfATicketToTheLast() {
        Engine engine = engine(policies(
                policy("gold", Map.of("first_response", target("15m")), is("tier", "gold")),
                policy(
                        "rest",
                        Map.of(
                                "first_response",
                                target("15m"),
                                "resolution",
                                target("4h", OFFICE, List.of(share(50)), List.of(step("0m", "lead")))))));
        engine.views().stats(List.of("tier"));

        long[] bytes = bytesOf(engine, false);

        assertThat(engine.views().counters().openTickets()).isLessThan(1_000);
        assertThat(engine.views().counters().duplicates()).isEqualTo(WARM_UP + MEASURED);
        assertThat(alertBytes).isZero();
        assertNoGarbage(bytes);
    }

    @Test
    void shouldAllocateNothingForAlerts() {
        Engine engine = engine(policies(policy(
                "all",
                Map.of(
                        "first_response",
                        target("1s", "24x7", List.of(share(50)), List.of(repeated("0m", "1s", 3, "lead", "boss"))),
                        "resolution",
                        target("2s", "24x7", List.of(left("1s")), List.of(step("1s", "ceo")))))));

        long[] bytes = bytesOf(engine, true);

        assertThat(engine.views().counters().openTickets()).isLessThan(1_000);
        assertThat(engine.views().counters().escalations()).isGreaterThan(2L * MEASURED);
        assertThat(engine.views().counters().revoked()).isGreaterThan(2L * MEASURED);
        assertNoGarbage(bytes);
    }

    /** What the thread allocates for each thousand of the measured tickets, after those it takes to warm up. */
    private long[] bytesOf(Engine engine, boolean late) {
        for (int i = 0; i < WARM_UP; i++) {
            live(engine, i, late);
        }
        long[] bytes = new long[MEASURED / WINDOW];
        for (int window = 0; window < bytes.length; window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < WINDOW; i++) {
                live(engine, WARM_UP + window * WINDOW + i, late);
            }
            bytes[window] = (threads.getCurrentThreadAllocatedBytes() - before) % HISTORY_CHUNK;
        }
        return bytes;
    }

    /** The JVM itself may make a few dozen bytes on a thread whose code it compiles: not in every window, and not many. */
    private static void assertNoGarbage(long[] bytes) {
        Arrays.sort(bytes);
        assertThat(bytes[bytes.length / 2])
                .as("half of the windows of %s", Arrays.toString(bytes))
                .isZero();
        assertThat(Arrays.stream(bytes).sum())
                .as("sum of %s", Arrays.toString(bytes))
                .isLessThan(MOST_OF_THE_JVM);
    }

    /**
     * A ticket's life: opened by an agent of its own, resumed by one of ten. If its stop comes late, it takes the
     * breaches back.
     */
    private void live(Engine engine, int number, boolean late) {
        digits(ticket, number);
        digits(id, number);
        long openedNs = nowNs;
        apply(engine, nowNs, OPENED, id, number);
        apply(engine, nowNs, OPENED, id, number);
        nowNs += 2 * SECOND_NS;
        apply(engine, nowNs, PENDING, NO_ID, NOBODY);
        apply(engine, nowNs, RESUMED, NO_ID, number % 10);
        nowNs += 5 * SECOND_NS;
        apply(engine, late ? openedNs : nowNs, RESPONDED, NO_ID, NOBODY);
        apply(engine, late ? openedNs : nowNs, RESOLVED, NO_ID, NOBODY);
        apply(engine, nowNs, CLOSED, NO_ID, NOBODY);
    }

    private void apply(Engine engine, long atNs, byte[] type, byte[] key, int agentNumber) {
        writer.begin(atNs, ticket, type, key);
        if (agentNumber != NOBODY) {
            digits(agent, agentNumber);
            writer.attribute(ValueKind.STRING, CHANNEL, PHONE);
            writer.attribute(ValueKind.STRING, AGENT, agent);
            writer.attribute(ValueKind.STRING, TIER, TIERS[agentNumber % TIERS.length]);
        }
        record.wrap(writer.buffer(), 0).stamp(nowNs);
        engine.apply(record);
    }

    private static void digits(byte[] text, int number) {
        int rest = number;
        for (int i = text.length - 1; i >= text.length - 7; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
