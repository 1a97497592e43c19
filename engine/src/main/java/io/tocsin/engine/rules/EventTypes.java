package io.tocsin.engine.rules;

import io.tocsin.engine.memory.Interner;
import java.nio.charset.StandardCharsets;
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
        "acknowledged"
    };

    private final Interner texts = new Interner();

    EventTypes() {
        for (String type : KNOWN) {
            number(type);
        }
    }

    /** The number of a type, given for good. */
    int number(String type) {
        DirectBuffer bytes = new UnsafeBuffer(type.getBytes(StandardCharsets.UTF_8));
        int number = texts.find(0, bytes, 0, bytes.capacity());
        return number != UNKNOWN ? number : texts.acquire(0, bytes, 0, bytes.capacity());
    }

    /** The number of a type, or {@link #UNKNOWN}. */
    public int find(DirectBuffer buffer, int offset, int length) {
        return texts.find(0, buffer, offset, length);
    }
}
