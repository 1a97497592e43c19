package io.tocsin.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.policy.PolicySet;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

/**
 * From the claimed place of the ring to the kept alert nothing is garbage. All on one thread, whose bytes are counted; the
 * journals keep nothing, those of Chronicle have a test of their own. Some windows see a table grow, most must not.
 */
class PipelineAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int WINDOWS = 9;
    private static final int WINDOW = 500;
    /** The first response takes 1,000 of its 900 seconds, so each ticket has a warning and a breach. */
    private static final int ANSWERED_AFTER = 1_000;

    private static final int RESOLVED_AFTER = 1_100;
    private static final byte[] NO_ID = {};

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Rig.Clock clock = new Rig.Clock();
    private final EventRecordWriter writer = new EventRecordWriter();
    private final MutableDirectBuffer group = new ExpandableArrayBuffer();
    private final byte[] ticket = "INC0000000".getBytes(StandardCharsets.UTF_8);
    private final byte[] opened = "opened".getBytes(StandardCharsets.UTF_8);
    private final byte[] responded = "responded".getBytes(StandardCharsets.UTF_8);
    private final byte[] resolved = "resolved".getBytes(StandardCharsets.UTF_8);
    private final CountingAlerts alerts = new CountingAlerts();
    private Pipeline.Stepped stepped;
    private int next = RESOLVED_AFTER;

    @Test
    void shouldMakeNoGarbageFromTheRingToTheAlert() {
        try (Rig rig = new Rig();
                Pipeline pipeline = pipeline(rig)) {
            stepped = pipeline.startStepped();
            writer.policy(Rig.POLICY);
            pipeline.offer(writer.buffer(), 0, writer.length());
            run(pipeline, WARM_UP);
            long[] bytes = new long[WINDOWS];
            for (int i = 0; i < WINDOWS; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                run(pipeline, WINDOW);
                bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(alerts.lastSeq()).isGreaterThan(2 * (WARM_UP - ANSWERED_AFTER));
            Arrays.sort(bytes);
            assertThat(bytes[WINDOWS / 2])
                    .as("bytes of each %d steps: %s", WINDOW, Arrays.toString(bytes))
                    .isZero();
        }
    }

    /** A step is a second: one ticket is opened, one answered, one resolved. */
    private void run(Pipeline pipeline, int steps) {
        for (int i = 0; i < steps; i++, next++) {
            clock.add(Rig.SECOND_NS);
            int length = put(0, next, opened);
            length = put(length, next - ANSWERED_AFTER, responded);
            put(length, next - RESOLVED_AFTER, resolved);
            pipeline.offerAll(group, 0, 3);
            stepped.core().invoke();
            stepped.egress().invoke();
        }
    }

    private int put(int offset, int number, byte[] type) {
        for (int i = ticket.length - 1, rest = number; i >= 3; i--, rest /= 10) {
            ticket[i] = (byte) ('0' + rest % 10);
        }
        writer.beginAtArrival(ticket, type, NO_ID);
        group.putBytes(offset, writer.buffer(), 0, writer.length());
        return offset + writer.length();
    }

    private Pipeline pipeline(Rig rig) {
        return new Pipeline(
                new PipelineConfig(
                        64,
                        64,
                        BusySpinIdleStrategy::new,
                        BusySpinIdleStrategy::new,
                        SyncLevel.OS,
                        BusySpinIdleStrategy::new),
                EngineConfig.DEFAULT,
                text -> forgettingSoon(rig.read(text)),
                new NoEvents(),
                alerts,
                SnapshotStore.NONE,
                clock,
                SystemNanoClock.INSTANCE,
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    private static PolicySet forgettingSoon(PolicySet policies) {
        return new PolicySet(
                policies.timezone(), 60 * Rig.SECOND_NS, policies.calendars(), policies.clocks(), policies.policies());
    }

    /** Counts what is appended. */
    private static final class NoEvents implements EventJournal {
        private long appended;

        @Override
        public long append(DirectBuffer buffer, int offset, int length) {
            return appended++;
        }

        @Override
        public void commit() {}

        @Override
        public void force() {}

        @Override
        public long firstPosition() {
            return 0;
        }

        @Override
        public long endPosition() {
            return appended;
        }

        @Override
        public long replay(long fromPosition, RecordHandler handler) {
            return 0;
        }

        @Override
        public void giveUpBefore(long position, long arrivedBeforeNs) {}

        @Override
        public void close() {}
    }

    /** Checks the numbers only. */
    private static final class CountingAlerts implements AlertJournal {
        private final AlertRecord alert = new AlertRecord();
        private long lastSeq;

        @Override
        public long lastSeq() {
            return lastSeq;
        }

        @Override
        public void append(DirectBuffer buffer, int offset, int length) {
            assertThatNext(alert.wrap(buffer, offset).seq());
        }

        private void assertThatNext(long seq) {
            if (seq != ++lastSeq) {
                throw new AssertionError("alert " + seq + " instead of " + lastSeq);
            }
        }

        @Override
        public void force() {}

        @Override
        public int read(long afterSeq, int limit, Handler handler) {
            return 0;
        }

        @Override
        public boolean awaitAfter(long seq, long timeoutMs) {
            return lastSeq > seq;
        }

        @Override
        public void close() {}
    }
}
