package io.tocsin.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.snapshot.SnapshotBytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/**
 * An engine that is brought back from a snapshot again and again goes on as the one that never stopped: the same alerts,
 * byte by byte, the same state, the same figures. {@code -Dtocsin.snapshot.events=1000000} tells them more,
 * {@code -Dtocsin.snapshot.seed=1000} begins elsewhere.
 */
class SnapshotRunTest {
    private static final int EVENTS = Integer.getInteger("tocsin.snapshot.events", 10_000);
    private static final int FIRST_SEED = Integer.getInteger("tocsin.snapshot.seed", 1);
    private static final int STEPS = 200;
    private static final long START_NS = Instant.parse("2026-10-23T08:00:00Z").getEpochSecond() * 1_000_000_000L;
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final List<List<String>> GROUPINGS =
            List.of(List.of(RandomPolicies.STAGE), List.of(RandomPolicies.CHANNEL, RandomPolicies.STAGE));

    @Test
    void shouldGoOnAsIfItHadNeverStopped() {
        for (int seed = FIRST_SEED; seed <= FIRST_SEED + EVENTS / STEPS; seed++) {
            try {
                new Run(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** What one seed makes of it. */
    private static final class Run {
        private final Random random;
        private final RandomStream stream;
        private final EngineConfig config;
        private final PolicyTexts policies = new PolicyTexts();
        private final Stamped stamped = new Stamped();
        private final List<ByteBuffer> alerts = new ArrayList<>();
        private final List<ByteBuffer> alertsAgain = new ArrayList<>();
        private final Engine steady;
        private Engine again;
        private final int oneInCuts;

        Run(long seed) {
            random = new Random(~seed);
            stream = new RandomStream(seed, START_NS);
            config = new EngineConfig(random.nextInt(3) == 0 ? 5 : 100_000);
            steady = engine(alerts);
            again = engine(alertsAgain);
            oneInCuts = 2 + random.nextInt(100);
        }

        void run() {
            boolean replaced = random.nextBoolean();
            use(stream.policies, START_NS);
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(oneInCuts) == 0) {
                    cut(step);
                }
                take(replaced);
                compare();
            }
            cut(STEPS);
            boolean outFirst = random.nextBoolean();
            if (outFirst) {
                runOut();
            }
            compareGroupings();
            if (!outFirst) {
                runOut();
            }
            compareViews();
        }

        private void take(boolean replaced) {
            if (replaced && stream.oneIn(60)) {
                use(stream.nextPolicies(), stream.idle());
            } else if (stream.oneIn(20)) {
                long toNs = stream.idle();
                steady.advance(toNs);
                again.advance(toNs);
            } else {
                NaiveSla.Event event = stream.next();
                steady.apply(stamped.record(event));
                again.apply(stamped.record(event));
            }
        }

        private void use(PolicySet policySet, long atNs) {
            PolicySet file = RandomObjectives.onTopOf(policySet, random);
            steady.apply(policies.record(file, atNs));
            again.apply(policies.record(file, atNs));
        }

        /** The second engine is brought back from its snapshot, or from that of the first, which may lie elsewhere. */
        private void cut(long position) {
            Engine from = random.nextBoolean() ? again : steady;
            byte[] snapshot = SnapshotBytes.writtenBy(sink -> from.writeSnapshot(sink, position));
            again = engine(alertsAgain);
            assertThat(again.readSnapshot(SnapshotBytes.source(snapshot))).isEqualTo(position);
            assertThat(SnapshotBytes.writtenBy(sink -> again.writeSnapshot(sink, position)))
                    .isEqualTo(snapshot);
            if (random.nextInt(4) == 0) {
                compareViews();
            }
        }

        private void compare() {
            assertThat(alertsAgain).isEqualTo(alerts);
            alerts.clear();
            alertsAgain.clear();
            assertThat(again.nowNs()).isEqualTo(steady.nowNs());
            assertThat(again.views().counters()).isEqualTo(steady.views().counters());
            assertThat(again.views().stateHash()).isEqualTo(steady.views().stateHash());
        }

        private void runOut() {
            steady.runOut();
            again.runOut();
            compare();
        }

        private void compareViews() {
            assertThat(again.views().tickets()).isEqualTo(steady.views().tickets());
            assertThat(again.views().lastSeq()).isEqualTo(steady.views().lastSeq());
            assertThat(again.views().totals()).isEqualTo(steady.views().totals());
            long fromNs = START_NS + random.nextInt(30) * DAY_NS / 3;
            for (List<String> by : GROUPINGS) {
                assertThat(again.views().figures(by, fromNs, fromNs + 7 * DAY_NS))
                        .isEqualTo(steady.views().figures(by, fromNs, fromNs + 7 * DAY_NS));
            }
        }

        /** Once, as the longest time of a group that was corrected is exact only when the group is made anew. */
        private void compareGroupings() {
            for (List<String> by : GROUPINGS) {
                assertThat(again.views().stats(by)).isEqualTo(steady.views().stats(by));
            }
        }

        private Engine engine(List<ByteBuffer> said) {
            return new Engine(config, policies, (buffer, offset, length) -> said.add(copy(buffer, offset, length)));
        }

        private static ByteBuffer copy(DirectBuffer buffer, int offset, int length) {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            return ByteBuffer.wrap(bytes);
        }
    }
}
