package io.tocsin.engine.core;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.LongPairWindow;

/**
 * The idempotency keys of the last events that had one, so that an event that is sent again is known. A key is one of its
 * ticket: two fingerprints of 64 bits are made of both. The core's thread.
 */
final class EventKeys {
    private static final long SEED = 0x6964L;

    private final LongPairWindow window;

    /** Remembers so many keys. */
    EventKeys(int capacity) {
        window = new LongPairWindow(capacity);
    }

    /** Whether an event with its key was there before; if not, it is remembered. An event without a key never was. */
    boolean isKnown(EventRecord event) {
        if (event.idLength() == 0) {
            return false;
        }
        long seed = seed(event);
        return !window.add(keyHash(event, seed), keyHash(event, ~seed));
    }

    /** Where the key of an event is looked for, 0 if it has none; for {@link #touch}. */
    long place(EventRecord event) {
        return event.idLength() == 0 ? 0 : keyHash(event, ~seed(event));
    }

    /**
     * Reads such a place, and what has to go when so many keys more have come; for the reading alone.
     *
     * @param ahead how many keys come before this one
     */
    long touch(long place, int ahead) {
        return window.touch(place) ^ window.touchOldest(ahead);
    }

    LongPairWindow window() {
        return window;
    }

    private static long seed(EventRecord event) {
        return Hashing.hash(event.buffer(), event.ticketOffset(), event.ticketLength(), SEED);
    }

    private static long keyHash(EventRecord event, long seed) {
        return Hashing.hash(event.buffer(), event.idOffset(), event.idLength(), seed);
    }
}
