package io.tocsin.benchmarks.peer.flink;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.Peer;
import io.tocsin.benchmarks.peer.TicketStream;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job in Flink: a {@link DeadlineFunction} on a stream keyed by ticket, state on the heap, parallelism 1, objects reused,
 * no checkpoints. Flink has a thread for the source and one for the function; records are serialised between them.
 */
public final class FlinkPeer implements Peer {
    @Override
    @SuppressWarnings("deprecation") // The simplest source there is, and so the cheapest.
    public void run(TicketStream stream, Meter meter, AlertSet alerts) throws Exception {
        Job.begin(stream, meter, alerts);
        try (LocalStreamEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1)) {
            flink.getConfig().enableObjectReuse();
            flink.addSource(new TicketSource())
                    .returns(TicketEvent.class)
                    .keyBy(event -> event.ticket)
                    .process(new DeadlineFunction())
                    .addSink(new AlertSink());
            flink.execute();
        }
    }
}
