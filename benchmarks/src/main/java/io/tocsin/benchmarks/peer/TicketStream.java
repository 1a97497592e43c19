package io.tocsin.benchmarks.peer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Events made beforehand, and what an engine must find in them; kept in a file that every process reads. Events come at even
 * milliseconds and targets are odd, so that no event falls on a deadline: engines may treat that case as they like.
 */
public final class TicketStream {
    /** A ticket begins; its two deadlines are armed. */
    public static final int OPENED = 0;
    /** The response, which disarms the first deadline. */
    public static final int RESPONDED = 1;
    /** The resolution, which disarms the second deadline. */
    public static final int RESOLVED = 2;
    /** How many priorities there are, each with targets of its own. */
    public static final int PRIORITIES = 4;

    private static final int BUFFER = 1 << 20;
    private static final int TYPE_BITS = 2;
    private static final int TYPE_MASK = (1 << TYPE_BITS) - 1;

    private final Head head;
    private final int[] tickets;
    private final byte[] kinds;
    private final long[] atMs;
    private int size;

    /**
     * What holds for all events.
     *
     * @param openTickets how many tickets are open once the stream flows steadily
     * @param capacity how many events there are
     * @param warmUp how many of them come before the measurement
     * @param startMs the instant that it begins at
     * @param targetsMs for each priority, how long a response may take, then how long a resolution may
     */
    public record Head(int openTickets, int capacity, int warmUp, long startMs, long[] targetsMs) {}

    /** A stream without events. */
    public TicketStream(Head head) {
        this.head = head;
        tickets = new int[head.capacity];
        kinds = new byte[head.capacity];
        atMs = new long[head.capacity];
    }

    /** Adds an event; the priority counts for {@link #OPENED} alone. */
    public void add(long ticket, int type, int priority, long atMs) {
        tickets[size] = Math.toIntExact(ticket);
        kinds[size] = (byte) (type | priority << TYPE_BITS);
        this.atMs[size] = atMs;
        size++;
    }

    /** What holds for all events. */
    public Head head() {
        return head;
    }

    /** How many events there are. */
    public int size() {
        return size;
    }

    /** The number of an event's ticket; they are opened in the order of their numbers, from 0. */
    public int ticket(int event) {
        return tickets[event];
    }

    /** What happened: {@link #OPENED}, {@link #RESPONDED} or {@link #RESOLVED}. */
    public int type(int event) {
        return kinds[event] & TYPE_MASK;
    }

    /** The ticket's priority, from 0, of an event that opens one. */
    public int priority(int event) {
        return kinds[event] >> TYPE_BITS;
    }

    /** When it happened, milliseconds since the epoch. */
    public long atMs(int event) {
        return atMs[event];
    }

    /** How long a ticket of a priority may wait on a clock of {@link AlertSet}. */
    public long targetMs(int priority, int clock) {
        return head.targetsMs[priority * 2 + clock];
    }

    /** The instant of the last event. */
    public long endMs() {
        return atMs(size - 1);
    }

    /** Writes the stream, and what must be found in it. */
    public void write(Path file, long alerts, long hash) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            out.writeInt(head.openTickets);
            out.writeInt(size);
            out.writeInt(head.warmUp);
            out.writeLong(head.startMs);
            for (long targetMs : head.targetsMs) {
                out.writeLong(targetMs);
            }
            for (int i = 0; i < size; i++) {
                out.writeInt(tickets[i]);
                out.writeByte(kinds[i]);
                out.writeLong(atMs[i]);
            }
            out.writeLong(alerts);
            out.writeLong(hash);
        }
    }

    /** Reads what was written. */
    public static Task read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            int openTickets = in.readInt();
            int events = in.readInt();
            int warmUp = in.readInt();
            long startMs = in.readLong();
            long[] targetsMs = new long[PRIORITIES * 2];
            for (int i = 0; i < targetsMs.length; i++) {
                targetsMs[i] = in.readLong();
            }
            TicketStream stream = new TicketStream(new Head(openTickets, events, warmUp, startMs, targetsMs));
            for (int i = 0; i < events; i++) {
                stream.tickets[i] = in.readInt();
                stream.kinds[i] = in.readByte();
                stream.atMs[i] = in.readLong();
            }
            stream.size = events;
            return new Task(stream, in.readLong(), in.readLong());
        }
    }

    /** A stream, and the number and hash of the alerts that must come of it. */
    public record Task(TicketStream stream, long alerts, long hash) {}
}
