package io.tocsin.benchmarks.peer.kafkastreams;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.Peer;
import io.tocsin.benchmarks.peer.TicketStream;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;

/**
 * The job in Kafka Streams: a {@link DeadlineProcessor} with two stores in memory, without change logs, driven by the
 * {@link TopologyTestDriver}: no broker and no network, but the driver commits after each record. One thread.
 */
public final class KafkaStreamsPeer implements Peer {
    private static final String TOPIC = "tickets";

    @Override
    public void run(TicketStream stream, Meter meter, AlertSet alerts) {
        meter.start();
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(alerts, stream.endMs()), configuration())) {
            TestInputTopic<Long, byte[]> topic =
                    driver.createInputTopic(TOPIC, new LongSerializer(), new ByteArraySerializer());
            for (int i = 0; i < stream.size(); i++) {
                topic.pipeInput((long) stream.ticket(i), message(stream, i), stream.atMs(i));
                meter.applied();
            }
            topic.pipeInput(-1L, TicketMessage.tick(), stream.endMs() + DeadlineProcessor.PUNCTUATION.toMillis());
        }
    }

    private static byte[] message(TicketStream stream, int event) {
        if (stream.type(event) != TicketStream.OPENED) {
            return TicketMessage.of(stream.type(event));
        }
        int priority = stream.priority(event);
        return TicketMessage.opened(
                stream.atMs(event) + stream.targetMs(priority, AlertSet.RESPONSE),
                stream.atMs(event) + stream.targetMs(priority, AlertSet.RESOLUTION));
    }

    private static Topology topology(AlertSet alerts, long endMs) {
        return new Topology()
                .addSource("source", new LongDeserializer(), new ByteArrayDeserializer(), TOPIC)
                .addProcessor("deadlines", () -> new DeadlineProcessor(alerts, endMs), "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore(DeadlineProcessor.TICKETS),
                                        Serdes.Long(),
                                        Serdes.ByteArray())
                                .withLoggingDisabled(),
                        "deadlines")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore(DeadlineProcessor.DUE),
                                        Serdes.Bytes(),
                                        Serdes.ByteArray())
                                .withLoggingDisabled(),
                        "deadlines");
    }

    private static Properties configuration() {
        Properties configuration = new Properties();
        configuration.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, "peer");
        configuration.setProperty(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        return configuration;
    }
}
