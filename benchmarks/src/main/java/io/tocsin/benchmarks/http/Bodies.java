package io.tocsin.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Bodies of NDJSON with events of {@value #EVENT_LENGTH} bytes: tickets are opened, responded to some bodies later and resolved
 * as many later again, and every event carries all attributes of its ticket, as those that help-desks send do. A body is one
 * template with ids and the time filled in. Belongs to one thread.
 */
public final class Bodies {
    /** Events in each, unless it is said otherwise. */
    public static final int EVENTS = 1_000;
    /** Bytes in each, without the line's end. */
    public static final int EVENT_LENGTH = 221;

    private static final int BEHIND = 64;
    private static final int DIGITS = 10;
    private static final String[] TYPES = {"opened", "responded", "resolved"};
    private static final String[] PRIORITIES = {"urgent", "high", "normal", "low"};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final int events;
    private final int behind;
    private final byte[] body;
    private final int ticketOffset = "{\"ticket\":\"T".length();
    private final int atOffset;
    private final int idOffset;
    private long made;

    /** Bodies of {@value #EVENTS} events; a ticket is answered {@value #BEHIND} bodies later. */
    public Bodies() {
        this(EVENTS, BEHIND);
    }

    /** Bodies of so many events; a ticket is answered so many bodies later, and resolved as many later again. */
    public Bodies(int events, int behind) {
        this.events = events;
        this.behind = behind;
        body = template(events);
        atOffset = indexOf("\"at\":\"") + "\"at\":\"".length();
        idOffset = indexOf("\"id\":\"e") + "\"id\":\"e".length();
    }

    /** The next body; the same bytes each time, other values in them. */
    public byte[] next() {
        byte[] at = TIME.format(Instant.now()).getBytes(US_ASCII);
        for (int i = 0; i < events; i++) {
            int event = i * (EVENT_LENGTH + 1);
            long opened = Math.max(0, made - (i % 3) * (long) behind);
            digits(event + ticketOffset, opened * (events / 3 + 1) + i / 3);
            digits(event + idOffset, made * events + i);
            System.arraycopy(at, 0, body, event + atOffset, at.length);
        }
        made++;
        return body;
    }

    private void digits(int offset, long value) {
        long rest = value;
        for (int i = offset + DIGITS - 1; i >= offset; i--) {
            body[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private int indexOf(String text) {
        return new String(body, 0, EVENT_LENGTH, US_ASCII).indexOf(text);
    }

    private static byte[] template(int events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(events * (EVENT_LENGTH + 1));
        for (int i = 0; i < events; i++) {
            bytes.writeBytes(event(TYPES[i % 3], i / 3).getBytes(US_ASCII));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    /** Ids and time come before what differs in length, so that they lie at the same place in every event. */
    private static String event(String type, int ticket) {
        String event =
                "{\"ticket\":\"T0000000000\",\"at\":\"2026-11-22T03:28:44.123456Z\",\"id\":\"e0000000000\",\"type\":\""
                        + type + "\",\"attributes\":{\"channel\":\"phone\",\"priority\":\"" + PRIORITIES[ticket % 4]
                        + "\",\"tier\":\"gold\",\"agent\":\"a-" + ticket % 100 + "\",\"impact\":" + ticket % 3
                        + ",\"queue\":\"q";
        int left = EVENT_LENGTH - event.length() - "\"}}".length();
        return event + "x".repeat(left) + "\"}}";
    }
}
