package io.tocsin.journal;

/**
 * Events are damaged or missing from a position on, so that reading them is refused. The message says where, why, and to put
 * back a copy; that the position can be given up, see {@link DataFolder#skip}, is for the caller to say in terms of its own.
 */
public final class DamagedEventsException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final long position;

    DamagedEventsException(String message, long position, DamagedException cause) {
        super(message, cause);
        this.position = position;
    }

    DamagedEventsException(String message, long position) {
        super(message);
        this.position = position;
    }

    /** The first position that cannot be read. */
    public long position() {
        return position;
    }
}
