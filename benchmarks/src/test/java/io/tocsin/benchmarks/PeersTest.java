package io.tocsin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.TicketStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the comparison with peers rests on, without a peer. */
class PeersTest {
    private static final int TICKETS = 400;
    private static final int STEPS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void shouldFindInTheStreamWhatTheFlowForetells() throws IOException {
        TicketStream.Task task = stream();
        AlertSet alerts = new AlertSet();
        Meter meter = new Meter(task.stream());

        new TocsinCore().run(task.stream(), meter, alerts);

        assertThat(task.alerts()).isPositive();
        assertThat(alerts.count()).isEqualTo(task.alerts());
        assertThat(alerts.hash()).isEqualTo(task.hash());
        assertThat(meter.result()).contains("events=" + STEPS * TicketFlow.EVENTS_PER_STEP);
    }

    @Test
    void shouldLetNoEventFallOnADeadline() throws IOException {
        TicketStream stream = stream().stream();

        for (int i = 0; i < stream.size(); i++) {
            assertThat(stream.atMs(i) % 2).isZero();
            assertThat(stream.targetMs(stream.priority(i), AlertSet.RESPONSE) % 2)
                    .isOne();
            assertThat(stream.targetMs(stream.priority(i), AlertSet.RESOLUTION) % 2)
                    .isOne();
        }
    }

    @Test
    void shouldNotMindTheOrderOfAlerts() {
        AlertSet alerts = new AlertSet();
        alerts.add(1, AlertSet.RESPONSE);
        alerts.add(2, AlertSet.RESOLUTION);
        AlertSet others = new AlertSet();
        others.add(2, AlertSet.RESOLUTION);
        others.add(1, AlertSet.RESPONSE);

        assertThat(alerts.hash()).isEqualTo(others.hash());
    }

    @Test
    void shouldTellOneAlertFromAnother() {
        AlertSet alerts = new AlertSet();
        alerts.add(1, AlertSet.RESPONSE);
        AlertSet others = new AlertSet();
        others.add(1, AlertSet.RESOLUTION);

        assertThat(alerts.hash()).isNotEqualTo(others.hash());
    }

    @Test
    void shouldSumUpRounds() {
        assertThat(Spread.of(DoubleStream.of(3, 1, 2))).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(DoubleStream.of(4, 1, 2, 3))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(DoubleStream.of(0.5, 1234.4, 42.31)).text()).isEqualTo("42.3 [0.50-1,234]");
    }

    private TicketStream.Task stream() throws IOException {
        Path file = folder.resolve("stream");
        PeersRun.makeStream(TICKETS, STEPS, file);
        return TicketStream.read(file);
    }
}
