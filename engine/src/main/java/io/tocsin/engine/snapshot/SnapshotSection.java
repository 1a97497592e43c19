package io.tocsin.engine.snapshot;

/** The sections of a snapshot, in their order. Codes are never reused. */
public enum SnapshotSection {
    /** The texts of all policies, in order, and how many names they gave numbers to. */
    POLICIES(1, "policies"),
    /** Engine time and counters. */
    ENGINE(2, "engine"),
    /** What was announced, in all. */
    ALERTS(3, "alerts"),
    /** The window of idempotency keys, the oldest first. */
    KNOWN_IDS(4, "known ids"),
    /** The highest announced cycles of forgotten tickets. */
    EARLIER_LIVES(5, "earlier lives"),
    /** The texts of attributes, in the order in which the following sections first use them. */
    TEXTS(6, "texts"),
    /** The totals of the figures. */
    FIGURES(7, "figures"),
    /** How forgotten tickets count in the figures. */
    FINISHED(8, "finished tickets"),
    /** The tickets in memory, each with its attributes and cycles. */
    TICKETS(9, "tickets"),
    /** What was announced of objectives. */
    OBJECTIVES(10, "objectives");

    private final int code;
    private final String text;

    SnapshotSection(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    /** Its name in messages. */
    String text() {
        return text;
    }
}
