package io.tocsin.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.event.EventRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What an engine is told of records that are coming changes nothing of what it makes of them. */
class LookAheadTest {
    private static final long START_NS = Instant.parse("2026-10-23T08:00:00Z").getEpochSecond() * 1_000_000_000L;
    private static final int MOST = 2 * Engine.MOST_EXPECTED + 3;

    private final EventRecord record = new EventRecord();
    private final List<ByteBuffer> alerts = new ArrayList<>();
    private final List<ByteBuffer> alertsAgain = new ArrayList<>();

    @Test
    void shouldMakeTheSameOfRecordsWhetherTheyAreExpectedOrNot() {
        for (int seed = 1; seed <= 20; seed++) {
            run(seed);
        }
    }

    private void run(int seed) {
        Random random = new Random(~seed);
        RandomStream stream = new RandomStream(seed, START_NS);
        PolicyTexts policies = new PolicyTexts();
        Engine surprised = engine(policies, alerts);
        Engine told = engine(policies, alertsAgain);
        List<DirectBuffer> batch = new ArrayList<>();
        batch.add(copy(policies.record(stream.policies, START_NS)));
        Stamped stamped = new Stamped();
        for (int batches = 0; batches < 20; batches++) {
            int size = random.nextInt(MOST);
            while (batch.size() < size) {
                batch.add(
                        random.nextInt(60) == 0
                                ? copy(policies.record(stream.nextPolicies(), stream.idle()))
                                : copy(stamped.record(stream.next())));
            }
            batch.forEach(bytes -> told.expect(record.wrap(bytes, 0)));
            for (DirectBuffer bytes : batch) {
                surprised.apply(record.wrap(bytes, 0));
                told.apply(record.wrap(bytes, 0));
            }
            batch.clear();
            assertThat(alertsAgain).as("seed %d", seed).isEqualTo(alerts);
            assertThat(told.views().stateHash())
                    .as("seed %d", seed)
                    .isEqualTo(surprised.views().stateHash());
        }
        surprised.runOut();
        told.runOut();
        assertThat(alertsAgain).as("seed %d", seed).isEqualTo(alerts);
    }

    private static Engine engine(PolicyTexts policies, List<ByteBuffer> said) {
        return new Engine(EngineConfig.DEFAULT, policies, (buffer, offset, length) -> {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            said.add(ByteBuffer.wrap(bytes));
        });
    }

    private static DirectBuffer copy(EventRecord record) {
        byte[] bytes = new byte[record.length()];
        record.buffer().getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
