package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tocsin.benchmarks.http.Bodies;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.http.json.EventReader;
import io.tocsin.http.json.NdjsonSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to make a journal record of an event of 221 bytes of JSON, checks included: {@code benchmarks/run
 * JsonBenchmark -prof gc}. {@link #read} makes a parser for it, and the event is the same every time, so the branch predictor
 * learns it; {@link #lines} goes through a body of a thousand, as a server does.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class JsonBenchmark {
    private static final int LENGTH = 221;
    private static final String EVENT = """
            {"ticket":"INC0010023","type":"opened","at":"2026-11-22T03:28:44.123456Z","id":"evt-9f2c41d07ab3",\
            "attributes":{"channel":"phone","priority":"urgent","tier":"gold","agent":"a-17","queue":"billing",\
            "lang":"de","impact":2}}""";

    private final byte[] json = EVENT.getBytes(StandardCharsets.UTF_8);
    private final byte[] body = new Bodies().next();
    private final EventReader reader = new EventReader(EventReader.Dialect.PLAIN, SECONDS.toNanos(5));
    private final long nowNs = SECONDS.toNanos(1_795_318_124L + 1);

    /** What is measured must be the event, whole. */
    @Setup
    public void check() {
        require(json.length == LENGTH, "it has " + json.length + " bytes, not " + LENGTH);
        read();
        EventRecord record = new EventRecord().wrap(reader.record().buffer(), 0);
        require(record.ticket().equals("INC0010023"), "its ticket is " + record.ticket());
        require(record.id().equals("evt-9f2c41d07ab3"), "its id is " + record.id());
        require(record.attributeCount() == 7, "it has " + record.attributeCount() + " attributes");
    }

    /** One event. */
    @Benchmark
    public int read() {
        String problem = reader.read(json, 0, json.length, nowNs);
        require(problem == null, "it is refused: " + problem);
        return reader.record().length();
    }

    /** One event of a body of a thousand, line by line. */
    @Benchmark
    @OperationsPerInvocation(Bodies.EVENTS)
    public long lines() throws IOException {
        NdjsonSource source = new NdjsonSource(body, body.length, reader, NdjsonSource.DEFAULT_MAX_LINE_LENGTH);
        long length = 0;
        for (int i = 0; i < Bodies.EVENTS; i++) {
            require(
                    source.next(EventReader.ANY_TIME) && source.problem() == null,
                    "line " + i + ": " + source.problem());
            length += source.record().length();
        }
        require(!source.next(EventReader.ANY_TIME), "there are more than " + Bodies.EVENTS);
        return length;
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalStateException("the event measured is not the one meant; " + found);
        }
    }
}
