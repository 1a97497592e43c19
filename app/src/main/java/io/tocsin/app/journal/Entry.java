package io.tocsin.app.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** One record of a journal as it can be printed. Valid while it is visited only. */
interface Entry {
    /** Its position or number. */
    long number();

    /** When the engine came to know of it: an event's arrival, an alert's detection; nanoseconds since the epoch. */
    long instantNs();

    /** Whether it is about a ticket; a policy is not, nor is a slice of timers. */
    boolean isOfTicket();

    /** The ticket it is about, if it is about one. */
    String ticket();

    /** Writes it as an object, once. */
    void write(JsonGenerator json) throws IOException;
}
