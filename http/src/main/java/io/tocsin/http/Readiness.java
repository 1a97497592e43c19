package io.tocsin.http;

/** Whether the engine takes events, as load balancers ask. */
public enum Readiness {
    /** The journal is being replayed; events would wait. */
    RECOVERING("recovering"),
    /** Events are taken. */
    READY("ready"),
    /** The process is about to end; events should go elsewhere. */
    DRAINING("draining");

    private final String text;

    Readiness(String text) {
        this.text = text;
    }

    /** The word on the wire. */
    public String text() {
        return text;
    }
}
