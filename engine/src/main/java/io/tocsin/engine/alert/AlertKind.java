package io.tocsin.engine.alert;

/** Why an alert is given. Codes are written to disk and are never reused. */
public enum AlertKind {
    /** A share of the target is used up, or only so much time is left before the due instant. */
    WARNING(1, "warning"),
    /** The due instant has passed and the clock had not stopped. */
    BREACH(2, "breach"),
    /** A step of the escalation chain, counted from the due instant. */
    ESCALATION(3, "escalation"),
    /** An announced breach or escalation proved wrong. */
    REVOKED(4, "revoked"),
    /** A figure crossed the bound of an objective, or is well again. */
    OBJECTIVE(5, "objective");

    private static final AlertKind[] BY_CODE = {null, WARNING, BREACH, ESCALATION, REVOKED, OBJECTIVE};

    private final byte code;
    private final String text;

    AlertKind(int code, String text) {
        this.code = (byte) code;
        this.text = text;
    }

    /** The stable byte that stands for this kind in a record. */
    public byte code() {
        return code;
    }

    /** The name on the wire. */
    public String text() {
        return text;
    }

    /**
     * The kind behind a code.
     *
     * @throws IllegalArgumentException if no kind has this code
     */
    public static AlertKind of(byte code) {
        if (code < 1 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("unknown alert kind " + code + ", known: 1 to 5");
        }
        return BY_CODE[code];
    }
}
