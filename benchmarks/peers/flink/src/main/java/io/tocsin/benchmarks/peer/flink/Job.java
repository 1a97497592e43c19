package io.tocsin.benchmarks.peer.flink;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.TicketStream;

/** What this process is about. Flink serialises functions before it runs them, so they find it here. */
@SuppressWarnings("NullAway.Init")
final class Job {
    private static volatile TicketStream stream;
    private static volatile Meter meter;
    private static volatile AlertSet alerts;

    private Job() {}

    static void begin(TicketStream newStream, Meter newMeter, AlertSet newAlerts) {
        stream = newStream;
        meter = newMeter;
        alerts = newAlerts;
    }

    static TicketStream stream() {
        return stream;
    }

    static Meter meter() {
        return meter;
    }

    static AlertSet alerts() {
        return alerts;
    }
}
