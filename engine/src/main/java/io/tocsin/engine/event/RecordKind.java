package io.tocsin.engine.event;

/** What a journaled record holds. Codes are written to disk and are never reused. */
public enum RecordKind {
    /** Something happened to a ticket. */
    EVENT(1),
    /** A policy file came into force; the record carries its text. */
    POLICY(2),
    /**
     * So many timers had fired since the record before when the events behind this one overtook others that were due. Written
     * by the core alone, see {@link EventRecord#isBehind()}.
     */
    SLICE(3);

    private final byte code;

    RecordKind(int code) {
        this.code = (byte) code;
    }

    /** The stable byte that stands for this kind in a record. */
    public byte code() {
        return code;
    }

    /**
     * The kind behind a code.
     *
     * @throws IllegalArgumentException if no kind has this code, as in a record of a newer version or a damaged one
     */
    public static RecordKind of(byte code) {
        return switch (code) {
            case 1 -> EVENT;
            case 2 -> POLICY;
            case 3 -> SLICE;
            default ->
                throw new IllegalArgumentException(
                        "unknown record kind " + code + ", known: 1 event, 2 policy, 3 slice");
        };
    }
}
