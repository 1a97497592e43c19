package io.tocsin.app.replay;

import io.tocsin.app.Failure;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventJournal.RecordHandler;
import io.tocsin.engine.pipeline.ReadAhead;
import io.tocsin.engine.pipeline.RecordTarget;
import io.tocsin.http.json.EventReader;
import io.tocsin.http.json.NdjsonSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;

/**
 * A file of events, one JSON object a line. There is no clock: an event arrives at the highest event time so far, so that
 * one that is earlier than those before it is late, and one without a time happens then.
 */
final class FileSource implements Source {
    private final String name;
    private final InputStream in;
    private final boolean strict;
    private final PrintWriter err;
    private long rejected;

    /**
     * A source.
     *
     * @param name what messages call it
     * @param strict whether the first invalid line ends the replay
     */
    FileSource(String name, InputStream in, boolean strict, PrintWriter err) {
        this.name = name;
        this.in = in;
        this.strict = strict;
        this.err = err;
    }

    /** {@inheritDoc} Closes the stream, so that its progress is no longer shown when the outcome is. */
    @Override
    public void forEach(RecordConsumer consumer) throws IOException {
        try (in) {
            ReadAhead.run(this::readLines, new RecordTarget() {
                @Override
                public void expect(EventRecord record) {
                    consumer.expect(record);
                }

                @Override
                public void apply(EventRecord record, long position) {
                    consumer.accept(record);
                }
            });
        }
    }

    /** On the thread that reads ahead. */
    private void readLines(RecordHandler handler) throws IOException {
        EventReader reader = new EventReader(EventReader.Dialect.PLAIN, 0);
        NdjsonSource lines = new NdjsonSource(in, reader, NdjsonSource.DEFAULT_MAX_LINE_LENGTH);
        EventRecord record = new EventRecord();
        long arrivalNs = 0;
        long count = 0;
        while (lines.next(EventReader.ANY_TIME)) {
            if (lines.problem() != null) {
                reject(lines.line(), lines.problem());
                continue;
            }
            record.wrap(lines.record().buffer(), 0);
            if (!record.isAtArrival()) {
                arrivalNs = Math.max(arrivalNs, record.atNs());
            }
            record.stamp(arrivalNs);
            handler.onRecord(record.buffer(), 0, record.length(), count++);
        }
    }

    @Override
    public EngineConfig engineConfig() {
        return EngineConfig.DEFAULT;
    }

    @Override
    public long rejected() {
        return rejected;
    }

    private void reject(long line, String problem) {
        String message = name + ":" + line + ": " + problem;
        if (strict) {
            throw Failure.ofInput(message);
        }
        rejected++;
        err.println(message);
    }
}
