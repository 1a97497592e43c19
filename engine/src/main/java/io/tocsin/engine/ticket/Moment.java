package io.tocsin.engine.ticket;

/** What happens to a ticket that figures count by its instant. Codes are part of snapshots and are never reused. */
public enum Moment {
    /** It was opened. */
    OPENED(0),
    /** It left the open and pending ones as resolved or closed. */
    RESOLVED(1),
    /** It became open or pending again. */
    REOPENED(2),
    /** The caller hung up. */
    ABANDONED(3),
    /** It was handed over. */
    TRANSFERRED(4),
    /** The customer complained. */
    COMPLAINED(5),
    /** The customer rated the service; the value is in thousandths, from 1,000 to 5,000. */
    RATED_CSAT(6),
    /** The customer said how likely a recommendation is; the value is in thousandths, from 0 to 10,000. */
    RATED_NPS(7),
    /** The customer wrote or called again. */
    REPLIED(8),
    /** The customer opened another ticket, soon after this one was resolved for the first time. */
    CAME_AGAIN(9);

    /** How many kinds there are. */
    public static final int COUNT = 10;

    private static final Moment[] BY_CODE = values();

    private final int code;

    Moment(int code) {
        this.code = code;
    }

    /** The stable number of this kind. */
    public int code() {
        return code;
    }

    /** The kind behind a code. */
    public static Moment of(int code) {
        return BY_CODE[code];
    }
}
