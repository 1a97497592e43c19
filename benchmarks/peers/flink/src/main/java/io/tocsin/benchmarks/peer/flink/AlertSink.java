package io.tocsin.benchmarks.peer.flink;

import org.apache.flink.streaming.api.functions.sink.SinkFunction;

/** Runs in the function's thread, to which Flink chains it. */
@SuppressWarnings("deprecation")
final class AlertSink implements SinkFunction<Alert> {
    private static final long serialVersionUID = 1;

    @Override
    public void invoke(Alert alert, Context context) {
        Job.alerts().add(alert.ticket, alert.clock);
    }
}
