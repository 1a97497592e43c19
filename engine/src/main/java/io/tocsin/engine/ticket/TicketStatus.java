package io.tocsin.engine.ticket;

/** What a ticket's own system says of it. Codes are part of snapshots and are never reused. */
public enum TicketStatus {
    /** Someone has to act. */
    OPEN(0, "open"),
    /** Waiting for someone outside. */
    PENDING(1, "pending"),
    /** Solved. */
    RESOLVED(2, "resolved"),
    /** Solved and filed. */
    CLOSED(3, "closed"),
    /** Spam or merged: in no figure. */
    CANCELLED(4, "cancelled"),
    /** The caller hung up. */
    ABANDONED(5, "abandoned");

    /** How many statuses there are. */
    public static final int COUNT = 6;

    private static final TicketStatus[] BY_CODE = values();

    private final int code;
    private final String text;

    TicketStatus(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The stable number of this status. */
    public int code() {
        return code;
    }

    /** The name on the wire. */
    public String text() {
        return text;
    }

    /** Whether nobody works on the ticket any more; a finished ticket is forgotten after a while. */
    public boolean isFinished() {
        return this != OPEN && this != PENDING;
    }

    /** The status behind a code. */
    public static TicketStatus of(int code) {
        return BY_CODE[code];
    }
}
