package io.tocsin.engine.timeline;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Picks the records of one ticket, and the policies, out of all that are offered, and copies them. A record of any other
 * kind is passed over here and nowhere else, and of an event only the bytes of its ticket's id are looked at. One thread;
 * allocates for what it keeps only.
 */
public final class TicketRecords {
    /** A ticket with more is not one that a timeline helps with. */
    static final int MOST_EVENTS = 20_000;

    private final String ticket;
    private final byte[] id;
    private final boolean withPolicies;
    private final int rememberedIds;
    private final List<UnsafeBuffer> kept = new ArrayList<>();
    private final Map<String, Long> keysSeen = new HashMap<>();
    private long keyCount;
    private long firstArrivalNs = Long.MAX_VALUE;
    private int eventCount;
    private int policyCount;
    private boolean keyDoubtful;

    /**
     * For one ticket.
     *
     * @param withPolicies whether the policies among the records are kept
     * @param rememberedIds how many idempotency keys the engine remembers that the records were written by
     */
    public TicketRecords(String ticket, boolean withPolicies, int rememberedIds) {
        this.ticket = ticket;
        this.id = ticket.getBytes(StandardCharsets.UTF_8);
        this.withPolicies = withPolicies;
        this.rememberedIds = rememberedIds;
    }

    /**
     * Looks at a stamped record, in the journal's order.
     *
     * @throws IllegalStateException if the ticket has more events than can be told
     */
    public void offer(EventRecord record) {
        if (record.is(RecordKind.EVENT)) {
            offerEvent(record);
        } else if (record.is(RecordKind.POLICY) && withPolicies) {
            policyCount++;
            keep(record);
        }
    }

    /** The ticket's id. */
    public String ticket() {
        return ticket;
    }

    /** How many events of the ticket there are. */
    public int eventCount() {
        return eventCount;
    }

    /** How many policies there are. */
    public int policyCount() {
        return policyCount;
    }

    /** When the ticket's first event arrived; {@link Long#MAX_VALUE} without one. */
    public long firstArrivalNs() {
        return firstArrivalNs;
    }

    /**
     * Whether a key of the ticket came again after so many others that only the engine that saw them all can tell whether it
     * was still remembered.
     */
    public boolean isKeyDoubtful() {
        return keyDoubtful;
    }

    int rememberedIds() {
        return rememberedIds;
    }

    List<UnsafeBuffer> records() {
        return kept;
    }

    private void offerEvent(EventRecord record) {
        if (record.idLength() > 0) {
            keyCount++;
        }
        if (!isOfTicket(record)) {
            return;
        }
        if (++eventCount > MOST_EVENTS) {
            throw new IllegalStateException("ticket \"" + ticket + "\" has more than " + MOST_EVENTS
                    + " events, which no timeline can show; 'tocsin journal dump DIR --ticket' prints them");
        }
        firstArrivalNs = Math.min(firstArrivalNs, record.arrivalNs());
        if (record.idLength() > 0) {
            Long before = keysSeen.put(record.id(), keyCount);
            keyDoubtful |= before != null && keyCount - before > rememberedIds;
        }
        keep(record);
    }

    private boolean isOfTicket(EventRecord record) {
        if (record.ticketLength() != id.length) {
            return false;
        }
        int at = record.ticketOffset();
        for (int i = id.length - 1; i >= 0; i--) { // Ids of one system differ at their ends.
            if (record.buffer().getByte(at + i) != id[i]) {
                return false;
            }
        }
        return true;
    }

    private void keep(EventRecord record) {
        byte[] bytes = new byte[record.length()];
        record.buffer().getBytes(record.offset(), bytes);
        kept.add(new UnsafeBuffer(bytes));
    }
}
