package io.tocsin.engine.pipeline;

/** What an acknowledged event survives: how soon the journal's bytes are forced from the system's memory to the device. */
public enum SyncLevel {
    /** When the operating system pleases: survives the death of the process. */
    OS,
    /** Every so often: survives the death of the machine, but for the last interval. */
    INTERVAL,
    /** Before it is acknowledged, many in one go: survives the death of the machine. */
    ALWAYS
}
