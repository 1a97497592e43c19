package io.tocsin.engine.rules;

import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.Interner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The event types that mean something, as numbers: those that move a ticket's status, and those that a policy names. A
 * type that nobody names has no number, so that senders cannot fill the memory with types.
 */
public final class EventTypes {
    /** Stands for a type that means nothing to the engine. */
    public static final int UNKNOWN = Interner.UNKNOWN;

    /** Numbers of the types the engine itself knows. */
    public static final int OPENED = 0;

    public static final int PENDING = 1;
    public static final int RESUMED = 2;
    public static final int CUSTOMER_REPLIED = 3;
    public static final int RESOLVED = 4;
    public static final int REOPENED = 5;
    public static final int CLOSED = 6;
    public static final int CANCELLED = 7;
    public static final int ABANDONED = 8;
    public static final int ACKNOWLEDGED = 9;
    public static final int TRANSFERRED = 10;
    public static final int COMPLAINED = 11;
    public static final int RATED = 12;

    private static final String[] KNOWN = {
        "opened",
        "pending",
        "resumed",
        "customer_replied",
        "resolved",
        "reopened",
        "closed",
        "cancelled",
        "abandoned",
        "acknowledged",
        "transferred",
        "complained",
        "rated"
    };

    /** Lately asked for, by their first 16 bytes and length: most streams have a dozen types. */
    private static final int RECENT_BITS = 6;

    private static final int RECENT_LONGS = 4;
    private static final int LONGEST_RECENT = 2 * Long.BYTES;

    private final Interner texts = new Interner();
    /** Of each: the first eight bytes, the next, the length, the number. */
    private final long[] recent = new long[RECENT_LONGS << RECENT_BITS];

    EventTypes() {
        for (String type : KNOWN) {
            number(type);
        }
    }

    /** The number of a type, given for good. */
    int number(String type) {
        DirectBuffer bytes = new UnsafeBuffer(type.getBytes(StandardCharsets.UTF_8));
        Arrays.fill(recent, 0);
        int number = texts.find(0, bytes, 0, bytes.capacity());
        return number != UNKNOWN ? number : texts.acquire(0, bytes, 0, bytes.capacity());
    }

    /** The number of a type, or {@link #UNKNOWN}. */
    public int find(DirectBuffer buffer, int offset, int length) {
        if (length > LONGEST_RECENT) {
            return texts.find(0, buffer, offset, length);
        }
        long first = Hashing.word(buffer, offset, length, 0);
        long second = Hashing.word(buffer, offset, length, Long.BYTES);
        int at = (int) ((first ^ second) * 0x9E3779B97F4A7C15L >>> Long.SIZE - RECENT_BITS) * RECENT_LONGS;
        if (recent[at] != first || recent[at + 1] != second || recent[at + 2] != length) {
            recent[at] = first;
            recent[at + 1] = second;
            recent[at + 2] = length;
            recent[at + 3] = texts.find(0, buffer, offset, length);
        }
        return (int) recent[at + 3];
    }
}
