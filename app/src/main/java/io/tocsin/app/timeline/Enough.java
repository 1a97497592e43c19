package io.tocsin.app.timeline;

/** Ends a reading that knows no other way to be ended. */
final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
        super("enough was read", null, false, false);
    }
}
