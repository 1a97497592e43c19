package io.tocsin.journal;

/** Something in a queue's file is not as it was written. Knows where in the file and why; the journal adds which record. */
final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    DamagedException(long offset, String why) {
        super(why);
        this.offset = offset;
    }

    /** Where in the file the damaged thing begins, in bytes. */
    long offset() {
        return offset;
    }

    /** Why it cannot be right. */
    String why() {
        return String.valueOf(getMessage());
    }
}
