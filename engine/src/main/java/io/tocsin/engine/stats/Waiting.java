package io.tocsin.engine.stats;

import io.tocsin.engine.view.ClockView;
import java.util.Arrays;

/**
 * Who has waited longest: a binary heap of waits by their beginning. A wait that has ended is left in it until it comes to
 * the top; when there is no room and more than half of them have ended, all those are let go of together. Grows by doubling.
 */
final class Waiting {
    private static final int FIRST = 16;

    private long[] sinceNs = new long[FIRST];
    private int[] tickets = new int[FIRST];
    private final Check stillWaits;
    private int size;
    private int waiting;

    Waiting(Check stillWaits) {
        this.stillWaits = stillWaits;
    }

    /** A ticket begins to wait. */
    void begin(int ticket, long startNs) {
        if (size == sinceNs.length && size > 2 * waiting) {
            compact();
        }
        if (size == sinceNs.length) {
            sinceNs = Arrays.copyOf(sinceNs, size * 2);
            tickets = Arrays.copyOf(tickets, size * 2);
        }
        waiting++;
        size++;
        rise(size - 1, startNs, ticket);
    }

    /** A ticket waits no more. */
    void end() {
        waiting--;
    }

    /** Since when the one has waited that has waited longest, or {@link ClockView#NONE}. */
    long longestSinceNs() {
        while (size > 0 && !stillWaits.test(tickets[0], sinceNs[0])) {
            size--;
            sink(0, sinceNs[size], tickets[size]);
        }
        return size == 0 ? ClockView.NONE : sinceNs[0];
    }

    private void compact() {
        int had = size;
        size = 0;
        for (int i = 0; i < had; i++) {
            if (stillWaits.test(tickets[i], sinceNs[i])) {
                size++;
                rise(size - 1, sinceNs[i], tickets[i]);
            }
        }
    }

    private void rise(int from, long startNs, int ticket) {
        int at = from;
        while (at > 0 && sinceNs[(at - 1) / 2] > startNs) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        put(at, startNs, ticket);
    }

    private void sink(int from, long startNs, int ticket) {
        int at = from;
        for (int child = earlierChild(at); child < size && sinceNs[child] < startNs; child = earlierChild(at)) {
            move(child, at);
            at = child;
        }
        put(at, startNs, ticket);
    }

    private int earlierChild(int at) {
        int left = 2 * at + 1;
        return left + 1 < size && sinceNs[left + 1] < sinceNs[left] ? left + 1 : left;
    }

    private void move(int from, int to) {
        put(to, sinceNs[from], tickets[from]);
    }

    private void put(int at, long startNs, int ticket) {
        sinceNs[at] = startNs;
        tickets[at] = ticket;
    }

    /** Whether a ticket still waits since an instant, in the group that this is of. */
    @FunctionalInterface
    interface Check {
        boolean test(int ticket, long sinceNs);
    }
}
