package io.tocsin.benchmarks.peer.kafkastreams;

import io.tocsin.benchmarks.peer.TicketStream;
import java.nio.ByteBuffer;

/** The values of records and of the store of tickets: the event's type, and the deadlines of one that opens a ticket. */
final class TicketMessage {
    /** Stands for a deadline that is met or missed. */
    static final long SETTLED = Long.MAX_VALUE;

    private static final int TICK = 3;
    private static final int RESPONSE_OFFSET = 1;
    private static final int RESOLUTION_OFFSET = 9;
    private static final int OPENED_LENGTH = 17;

    private TicketMessage() {}

    static byte[] opened(long responseDueMs, long resolutionDueMs) {
        return ByteBuffer.allocate(OPENED_LENGTH)
                .put((byte) TicketStream.OPENED)
                .putLong(responseDueMs)
                .putLong(resolutionDueMs)
                .array();
    }

    static byte[] of(int type) {
        return new byte[] {(byte) type};
    }

    /** Of no ticket: it only moves time on. */
    static byte[] tick() {
        return of(TICK);
    }

    static int type(byte[] message) {
        return message[0];
    }

    static long responseDueMs(byte[] opened) {
        return ByteBuffer.wrap(opened).getLong(RESPONSE_OFFSET);
    }

    static long resolutionDueMs(byte[] opened) {
        return ByteBuffer.wrap(opened).getLong(RESOLUTION_OFFSET);
    }
}
