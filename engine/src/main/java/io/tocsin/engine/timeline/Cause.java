package io.tocsin.engine.timeline;

/**
 * What made something change.
 *
 * @param kind whether it is an event of the ticket
 * @param type the event's type; of another kind a word for it
 * @param atNs when it happened
 * @param arrivedNs when the engine was told
 * @param id the event's idempotency key, empty for none
 */
public record Cause(Kind kind, String type, long atNs, long arrivedNs, String id) {
    /** What it is. */
    public enum Kind {
        /** Something happened to the ticket. */
        EVENT("event"),
        /** Another policy file came into force. */
        POLICY("policy"),
        /** The ticket left memory. */
        FORGOTTEN("forgotten");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The name on the wire. */
        public String text() {
            return text;
        }
    }
}
