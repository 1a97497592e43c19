package io.tocsin.http.metrics;

import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.EngineGauges.AlertCount;
import io.tocsin.engine.view.EngineGauges.ClockCounts;
import io.tocsin.engine.view.PipelineGauges;
import java.util.ArrayList;
import java.util.List;

/**
 * The families of Tocsin itself; {@code docs/metrics.md} says them all. What cannot be said is left out and never 0: an attainment
 * without anything to judge, the age of a snapshot that is not there, the core's own numbers while it cannot be asked.
 */
final class ServerFamilies {
    private static final String CLOCK = "clock";
    private static final String STATE = "state";
    private static final String REASON = "reason";

    private final ServerState state;
    private final List<MetricSnapshot> families = new ArrayList<>();

    ServerFamilies(ServerState state) {
        this.state = state;
    }

    List<MetricSnapshot> all(String version) {
        families.add(InfoSnapshot.builder()
                .name("tocsin_build")
                .help("The build that runs.")
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", version))
                        .build())
                .build());
        families.add(Family.of("tocsin_ready", "1 when events are taken, 0 while recovering or draining.")
                .value(state.isReady() ? 1 : 0)
                .gauge());
        pipeline(state.pipeline());
        intake();
        latency();
        if (state.engine().isPresent()) {
            EngineGauges engine = state.engine().get();
            events(engine.counters());
            tickets(engine);
            clocks(engine.clocks());
            alerts(engine.alerts());
        }
        return families;
    }

    private void pipeline(PipelineGauges pipeline) {
        families.add(Family.of("tocsin_ring_slots", "Events that fit between the senders and the engine.")
                .value(pipeline.slots())
                .gauge());
        families.add(Family.of("tocsin_ring_free_slots", "Events that fit there now; at 0 senders are told to wait.")
                .value(pipeline.freeSlots())
                .gauge());
        families.add(Family.of("tocsin_journal_records", "Records in the journal, which is its position.")
                .value(pipeline.journalPosition())
                .counter());
        if (pipeline.unforcedRecords() != ClockView.NONE) {
            families.add(Family.of(
                            "tocsin_journal_unforced_records", "Records that are journaled but not yet on the device.")
                    .value(pipeline.unforcedRecords())
                    .gauge());
            families.add(Family.ofSeconds(
                            "tocsin_journal_sync_lag_seconds",
                            "For how long the oldest of them may have been waiting, 0 when there is none.")
                    .ns(pipeline.unforcedNs())
                    .gauge());
        }
        if (pipeline.snapshotPosition() != ClockView.NONE) {
            families.add(Family.of("tocsin_snapshot_position", "Records of the journal that the newest snapshot has.")
                    .value(pipeline.snapshotPosition())
                    .gauge());
        }
        if (pipeline.snapshotAgeNs() != ClockView.NONE) {
            families.add(Family.ofSeconds("tocsin_snapshot_age_seconds", "How long ago the newest snapshot was made.")
                    .ns(pipeline.snapshotAgeNs())
                    .gauge());
        }
    }

    private void intake() {
        families.add(Family.of("tocsin_events_rejected", "Events that were not taken since the start, by reason.")
                .value(state.invalidEvents(), REASON, "invalid")
                .value(state.refusedEvents(), REASON, "full")
                .counter());
        families.add(Family.of("tocsin_alert_streams", "Alert streams that are open.")
                .value(state.alertStreams())
                .gauge());
    }

    private void latency() {
        families.add(Family.ofSeconds(
                        "tocsin_ingest_to_apply_seconds",
                        "From the hand-over of an event to the engine until it was applied, since the start.")
                .histogram(state.latency().ingestToApply()));
        families.add(Family.ofSeconds(
                        "tocsin_detection_lag_seconds",
                        "How long after its instant a timer was noticed, for those that expired while live, since the start.")
                .histogram(state.latency().detectionLag()));
    }

    private void events(CountersView counters) {
        families.add(Family.of("tocsin_events_accepted", "Events applied, duplicates and orphaned ones among them.")
                .value(counters.events())
                .counter());
        families.add(Family.of("tocsin_events_duplicate", "Events with an id that was seen before for their ticket.")
                .value(counters.duplicates())
                .counter());
        families.add(Family.of("tocsin_events_orphaned", "Events for tickets never opened, or forgotten.")
                .value(counters.orphaned())
                .counter());
        families.add(Family.of("tocsin_attributes_dropped", "Attributes that found no room on a ticket that had 1,024.")
                .value(counters.droppedAttributes())
                .counter());
    }

    private void tickets(EngineGauges engine) {
        families.add(Family.of("tocsin_tickets_opened", "Tickets ever opened.")
                .value(engine.counters().tickets())
                .counter());
        families.add(Family.of("tocsin_tickets_open", "Tickets that are open or pending.")
                .value(engine.openTickets())
                .gauge());
        families.add(Family.of("tocsin_tickets_in_memory", "Tickets in memory: open, or not yet forgotten.")
                .value(engine.counters().openTickets())
                .gauge());
        families.add(Family.of("tocsin_timers_armed", "Timers that are armed.")
                .value(engine.counters().armedTimers())
                .gauge());
    }

    private void clocks(List<ClockCounts> clocks) {
        Family states = Family.of(
                "tocsin_clocks",
                "Cycles of a clock by how they stand, since the journal began; a breached one counts as breached only.");
        Family attainment = Family.ofRatio(
                "tocsin_clock_attainment_ratio", "met / (met + breached); absent while there is nothing to judge.");
        for (ClockCounts clock : clocks) {
            states.value(clock.running(), CLOCK, clock.clock(), STATE, "running")
                    .value(clock.paused(), CLOCK, clock.clock(), STATE, "paused")
                    .value(clock.met(), CLOCK, clock.clock(), STATE, "met")
                    .value(clock.breached(), CLOCK, clock.clock(), STATE, "breached")
                    .value(clock.cancelled(), CLOCK, clock.clock(), STATE, "cancelled");
            long judged = clock.met() + clock.breached();
            if (judged > 0) {
                attainment.value((double) clock.met() / judged, CLOCK, clock.clock());
            }
        }
        families.add(states.gauge());
        families.add(attainment.gauge());
    }

    private void alerts(List<AlertCount> alerts) {
        Family counted = Family.of("tocsin_alerts", "Alerts given since the start, by kind and clock.");
        for (AlertCount alert : alerts) {
            counted.value(alert.count(), "kind", alert.kind(), CLOCK, alert.clock());
        }
        families.add(counted.counter());
    }
}
