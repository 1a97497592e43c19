package io.tocsin.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tocsin.http.json.Rfc3339;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * Everybody who looks: wallboards and pollers of several views each, and how old the figures are that they see. It is there from
 * the constructor until its time is up; {@link #seen} is for the thread that made it.
 */
public final class Audience implements AutoCloseable {
    /** How old what is seen is. */
    public enum Age {
        /** A board's figures when their frame came, by {@code as_of}. */
        BOARD("board, as it comes"),
        /** A board's figures when the next ones came, which is as old as they get; by {@code as_of}. */
        BOARD_AT_LAST("board, when the next comes"),
        /** From the planned instant of a mark until the board's figures had it. */
        BOARD_MARK("board, until it has a mark"),
        /** {@code /v1/stats} when it came, by {@code as_of}. */
        STATS("/v1/stats, by as_of"),
        /** {@code /v1/stats} when it came, by the first mark that it lacks. */
        STATS_MARK("/v1/stats, by marks"),
        /** {@code /metrics} when it came, by the first mark that it lacks. */
        METRICS_MARK("/metrics, by marks");

        private final String text;

        Age(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final String BOARD = "/v1/wallboard/stream";
    private static final String STATS = "/v1/stats";
    private static final String METRICS = "/metrics";
    private static final List<String> VIEWS = List.of(
            "?by=" + Marks.ATTRIBUTE,
            "",
            "?by=priority&window=5m",
            "?by=agent&window=15m",
            "?where=priority:urgent&window=1h",
            "?by=channel&window=today",
            "?by=agent&where=tier:gold");
    private static final List<String> POLLS = List.of(
            STATS + "?by=" + Marks.ATTRIBUTE,
            METRICS,
            STATS + "?by=priority&window=5m",
            STATS + "?by=agent&window=15m",
            STATS,
            STATS + "?by=channel,priority&window=1h",
            STATS + "?window=today");

    /** Readers that are somebody else than the senders, which is the usual case. */
    private static final String BOARDS_FROM = "127.0.0.3";

    private static final String POLLERS_FROM = "127.0.0.2";
    private static final long POLL_EVERY_NS = SECONDS.toNanos(1);
    private static final long SLOW_POLL_EVERY_NS = SECONDS.toNanos(5);
    /** Of the pollers, every so manieth asks seldom. */
    private static final int SLOW_OF = 4;

    private static final int DIGITS = 3;
    private static final int MOST_SHOWN = 300;
    private static final byte[] FRAME = "event: board".getBytes(US_ASCII);
    private static final byte[] AS_OF = "\"as_of\":\"".getBytes(US_ASCII);

    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final Map<Age, Recorder> ages = new EnumMap<>(Age.class);
    private final List<Future<Long>> readers = new ArrayList<>();
    private final Marks marks;
    private final int boards;
    /** By board, written by the boards' thread: the instant of its newest figures, and how many marks they have. */
    private final long[] newestAsOfNs;

    private final int[] newestMarks;

    /** Connects, and looks for so long. */
    public Audience(int port, int boards, int pollers, Marks marks, long durationNs) throws IOException {
        this.marks = marks;
        this.boards = boards;
        newestAsOfNs = new long[boards];
        newestMarks = new int[boards];
        for (Age age : Age.values()) {
            ages.put(age, new Recorder(DIGITS));
        }
        int slow = pollers / SLOW_OF;
        readers.add(threads.submit(() -> look(port, durationNs)));
        readers.add(threads.submit(() -> poll(port, pollers - slow, POLL_EVERY_NS, durationNs)));
        readers.add(threads.submit(() -> poll(port, slow, SLOW_POLL_EVERY_NS, durationNs)));
    }

    /** What it has seen since it was asked last, in nanoseconds. */
    public Map<Age, Histogram> seen() {
        Map<Age, Histogram> seen = new EnumMap<>(Age.class);
        ages.forEach((age, recorder) -> seen.put(age, recorder.getIntervalHistogram()));
        return seen;
    }

    /** Waits until its time is up. */
    public void await() throws InterruptedException, ExecutionException {
        for (Future<Long> reader : readers) {
            reader.get();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private long look(int port, long durationNs) throws IOException {
        try (Boards all =
                new Boards(port, BOARDS_FROM, boards, i -> BOARD + VIEWS.get(i % VIEWS.size()), this::onFrame)) {
            return all.read(durationNs);
        }
    }

    private long poll(int port, int count, long everyNs, long durationNs) throws IOException {
        try (Callers pollers = new Callers(
                port,
                POLLERS_FROM,
                count,
                everyNs,
                false,
                (i, planNs) -> Callers.get(POLLS.get(i % POLLS.size())),
                (i, planNs, answer, bodyStart) -> onAnswer(POLLS.get(i % POLLS.size()), answer, bodyStart))) {
            return count == 0 ? 0 : pollers.call(durationNs);
        }
    }

    private void onFrame(int board, byte[] bytes, int start, int end) {
        if (Marks.find(FRAME, bytes, start, Math.min(end, start + FRAME.length)) < 0) {
            return;
        }
        long nowNs = clock.nanoTime();
        long asOfNs = asOfNs(bytes, start, end);
        record(Age.BOARD, nowNs - asOfNs);
        if (newestAsOfNs[board] != 0) {
            record(Age.BOARD_AT_LAST, nowNs - newestAsOfNs[board]);
        }
        if (VIEWS.get(board % VIEWS.size()).contains(Marks.ATTRIBUTE)) {
            int has = Marks.inFigures(bytes, start, end);
            long steadyNs = System.nanoTime();
            for (int mark = newestMarks[board]; newestAsOfNs[board] != 0 && mark < has; mark++) {
                record(Age.BOARD_MARK, steadyNs - marks.plannedNs(mark));
            }
            newestMarks[board] = Math.max(newestMarks[board], has);
        }
        newestAsOfNs[board] = asOfNs;
    }

    private void onAnswer(String path, ByteBuffer answer, int bodyStart) {
        byte[] bytes = answer.array();
        int end = answer.position();
        if (path.equals(METRICS)) {
            recordByMarks(Age.METRICS_MARK, Marks.inMetrics(bytes, bodyStart, end));
            return;
        }
        record(Age.STATS, clock.nanoTime() - asOfNs(bytes, bodyStart, end));
        if (path.contains(Marks.ATTRIBUTE)) {
            recordByMarks(Age.STATS_MARK, Marks.inFigures(bytes, bodyStart, end));
        }
    }

    /** Of an answer that lacks none, the age is unknown and less than the time between two marks. */
    private void recordByMarks(Age age, int has) {
        record(age, has < marks.sent() ? System.nanoTime() - marks.plannedNs(has) : 0);
    }

    private void record(Age age, long ns) {
        Objects.requireNonNull(ages.get(age)).recordValue(Math.max(0, ns));
    }

    private static long asOfNs(byte[] bytes, int start, int end) {
        int from = Marks.find(AS_OF, bytes, start, end);
        int to = from;
        while (from >= 0 && to < end && bytes[to] != '"') {
            to++;
        }
        long ns = from < 0 ? Rfc3339.NOT_A_TIME : Rfc3339.parse(new String(bytes, from, to - from, US_ASCII));
        if (ns == Rfc3339.NOT_A_TIME) {
            throw new IllegalStateException(
                    "figures without as_of: " + new String(bytes, start, Math.min(end - start, MOST_SHOWN), US_ASCII));
        }
        return ns;
    }
}
