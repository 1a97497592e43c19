package io.tocsin.app.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

/**
 * Draws tickets at random, in a way that anybody can repeat: each ticket's lot is a hash of the seed and its id, and those
 * with the lowest are drawn. So the same seed draws the same of the same tickets, in whatever order they come and on any
 * machine, and one ticket more or less changes at most one of those drawn.
 *
 * @param share how many of the tickets, above 0 to 1; the count is rounded up
 * @param seed chosen by whoever reviews
 */
record Sample(BigDecimal share, long seed) {
    /** The tickets drawn, in the order of their lots. */
    List<PastTicket> of(List<PastTicket> tickets) {
        int count = share.multiply(BigDecimal.valueOf(tickets.size()))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
        return tickets.stream()
                .map(ticket -> new Lot(lot(ticket.id()), ticket))
                .sorted(Comparator.comparing(Lot::number, Long::compareUnsigned)
                        .thenComparing(lot -> lot.ticket().id()))
                .limit(count)
                .map(Lot::ticket)
                .toList();
    }

    private long lot(String id) {
        byte[] digest = sha256().digest((seed + "/" + id).getBytes(StandardCharsets.UTF_8));
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << Byte.SIZE | digest[i] & 0xff;
        }
        return number;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private record Lot(long number, PastTicket ticket) {}
}
