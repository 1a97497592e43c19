package io.tocsin.engine.event;

/**
 * The JSON type of an attribute's value. Values are kept as text, so that {@code 5} and {@code "5"} match the same
 * policy condition; the kind only decides how they are printed. Codes are written to disk and are never reused.
 */
public enum ValueKind {
    /** A JSON string; the text is its content. */
    STRING(1),
    /** A JSON number; the text is its plain decimal form without superfluous zeros, such as {@code 5} or {@code 0.25}. */
    NUMBER(2),
    /** A JSON boolean; the text is {@code true} or {@code false}. */
    BOOLEAN(3),
    /** JSON {@code null}: the attribute is removed. The text is empty. */
    REMOVED(4);

    private static final ValueKind[] BY_CODE = {null, STRING, NUMBER, BOOLEAN, REMOVED};

    private final byte code;

    ValueKind(int code) {
        this.code = (byte) code;
    }

    /** The stable byte that stands for this kind in a record. */
    public byte code() {
        return code;
    }

    /**
     * The kind behind a code.
     *
     * @throws IllegalArgumentException if no kind has this code
     */
    public static ValueKind of(byte code) {
        if (code < 1 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("unknown value kind " + code + ", known: 1 to 4");
        }
        return BY_CODE[code];
    }
}
