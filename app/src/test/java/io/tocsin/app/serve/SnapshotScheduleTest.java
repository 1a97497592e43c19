package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.serve.ServeConfig.SnapshotSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SnapshotScheduleTest {
    private static final long NEVER_MS = 1L << 40;

    private final AtomicLong position = new AtomicLong(1_000);
    private final List<Long> made = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile String failure;
    private SnapshotSchedule schedule;

    @AfterEach
    void close() {
        schedule.close();
    }

    private void start(long everyMs, long everyEvents) {
        schedule = new SnapshotSchedule(
                new SnapshotSettings(everyMs, everyEvents, false), position::get, this::make, told::add);
        schedule.start(1_000);
    }

    private Optional<String> make() {
        made.add(position.get());
        return Optional.ofNullable(failure);
    }

    @Test
    void shouldMakeOneAfterSoManyEvents() throws Exception {
        start(NEVER_MS, 100);
        position.set(1_100);
        Await.until("the first", () -> made.contains(1_100L));
        position.set(1_200);
        Await.until("the second", () -> made.contains(1_200L));
        assertThat(made).containsExactly(1_100L, 1_200L);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldMakeOneAfterSoMuchTimeIfThereIsAnythingNew() throws Exception {
        start(1, Long.MAX_VALUE);
        position.set(1_001);
        Await.until("the first", () -> made.contains(1_001L));
        position.set(1_002);
        Await.until("the second", () -> made.contains(1_002L));
        assertThat(made).containsExactly(1_001L, 1_002L);
    }

    @Test
    void shouldTellWhyThereIsNoneAndTryAgain() throws Exception {
        failure = "the disk is full";
        start(NEVER_MS, 100);
        position.set(1_100);
        Await.until("the failure", () -> told.contains("the disk is full"));
        position.set(1_200);
        Await.until("the next", () -> made.contains(1_200L));
    }
}
