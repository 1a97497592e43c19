package io.tocsin.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Who was told last that its events are applied: acknowledgements are numbered from 1, and of each client's address the newest
 * number is kept. Any thread. Addresses share a fixed number of places, so that it never grows; two that fall on one place count
 * as one client, who may be asked to wait for news that were the other's.
 */
final class Acknowledgements {
    private static final int PLACES = 1 << 12;

    private final AtomicLong newest = new AtomicLong();
    private final AtomicLongArray newestByClient = new AtomicLongArray(PLACES);

    /** A client is about to be told. */
    void add(String client) {
        newestByClient.accumulateAndGet(placeOf(client), newest.incrementAndGet(), Math::max);
    }

    /** The number of the newest one of all, 0 while there is none. */
    long newest() {
        return newest.get();
    }

    /** The number of the newest one that a client was told of, 0 if there is none. */
    long newestOf(String client) {
        return newestByClient.get(placeOf(client));
    }

    private static int placeOf(String client) {
        int hash = client.hashCode() * 0x9E3779B9;
        return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PLACES));
    }
}
