package io.tocsin.engine.snapshot;

/**
 * A snapshot cannot be used: bytes are missing, changed or too many, or they are of a version this build does not read.
 * What was read of it so far must not be used either.
 */
public final class SnapshotDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long offset;
    private final String section;
    private final String reason;

    /**
     * A snapshot is damaged.
     *
     * @param offset the byte at which it was noticed, from the snapshot's beginning
     * @param section what was being read
     * @param reason what is wrong
     */
    public SnapshotDamagedException(long offset, String section, String reason) {
        super("snapshot cannot be used: at byte " + offset + ", in " + section + ": " + reason);
        this.offset = offset;
        this.section = section;
        this.reason = reason;
    }

    /** The byte at which it was noticed, from the snapshot's beginning. */
    public long offset() {
        return offset;
    }

    /** What was being read. */
    public String section() {
        return section;
    }

    /** The same, noticed while a section was being read. */
    SnapshotDamagedException in(String readSection) {
        SnapshotDamagedException named = new SnapshotDamagedException(offset, readSection, reason);
        named.initCause(this);
        return named;
    }
}
