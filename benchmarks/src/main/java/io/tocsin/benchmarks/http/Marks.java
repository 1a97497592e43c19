package io.tocsin.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tickets of a group of their own, opened one after the other at planned instants: their number in an answer says which of them
 * are in it, whatever the answer says about itself. Each is also handed over, so that {@code /metrics} counts it by a clock
 * that no other ticket has. Sent by one thread, looked up by any.
 */
public final class Marks {
    /** What tells marked tickets apart. */
    public static final String ATTRIBUTE = "mark";
    /** The clock that only marked tickets have. */
    public static final String CLOCK = "acceptance";

    private static final byte[] IN_STATS = ("{\"" + ATTRIBUTE + "\":\"on\"}").getBytes(US_ASCII);
    private static final byte[] OPENED = "\"opened\":".getBytes(US_ASCII);
    private static final byte[] IN_METRICS =
            ("tocsin_clocks{clock=\"" + CLOCK + "\",state=\"running\"} ").getBytes(US_ASCII);

    private final AtomicLongArray plannedNs;
    private volatile int sent;

    /** At most so many. */
    public Marks(int most) {
        plannedNs = new AtomicLongArray(most);
    }

    /**
     * The next one as a request; only the one who sends.
     *
     * @param planNs when it is to be sent, by {@link System#nanoTime()}
     */
    public ByteBuffer[] next(long planNs) {
        int number = sent;
        plannedNs.set(number, planNs);
        sent = number + 1;
        String ticket = "{\"ticket\":\"M" + number + "\",\"type\":";
        String lines =
                ticket + "\"opened\",\"attributes\":{\"" + ATTRIBUTE + "\":\"on\"}}\n" + ticket + "\"transferred\"}\n";
        return Callers.post(lines.getBytes(US_ASCII));
    }

    /** How many have been planned so far. */
    public int sent() {
        return sent;
    }

    /** When a mark, by its number from 0, was to be sent. */
    public long plannedNs(int number) {
        return plannedNs.get(number);
    }

    /** How many marks figures of {@code /v1/stats} or of a board have that are told apart by {@link #ATTRIBUTE}. */
    public static int inFigures(byte[] bytes, int start, int end) {
        int group = find(IN_STATS, bytes, start, end);
        int opened = group < 0 ? -1 : find(OPENED, bytes, group, end);
        return opened < 0 ? 0 : number(bytes, opened, end);
    }

    /** How many marks {@code /metrics} has. */
    public static int inMetrics(byte[] bytes, int start, int end) {
        int value = find(IN_METRICS, bytes, start, end);
        return value < 0 ? 0 : number(bytes, value, end);
    }

    /** Behind the first place where some bytes are; -1 if there is none. */
    static int find(byte[] wanted, byte[] bytes, int start, int end) {
        for (int i = start; i <= end - wanted.length; i++) {
            int same = 0;
            while (same < wanted.length && bytes[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i + same;
            }
        }
        return -1;
    }

    private static int number(byte[] bytes, int start, int end) {
        int value = 0;
        for (int i = start; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return value;
    }
}
