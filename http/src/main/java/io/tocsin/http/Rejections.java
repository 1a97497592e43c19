package io.tocsin.http;

import java.util.concurrent.atomic.LongAdder;

/** How many events were refused since the start, and why. Any thread. */
final class Rejections {
    private final LongAdder invalid = new LongAdder();
    private final LongAdder full = new LongAdder();

    void addInvalid(int events) {
        invalid.add(events);
    }

    void addFull(int events) {
        full.add(events);
    }

    /** Events that were not valid, or sent all-or-nothing with such. */
    long invalid() {
        return invalid.sum();
    }

    /** Events for which the engine had no room. */
    long full() {
        return full.sum();
    }
}
