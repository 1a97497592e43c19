package io.tocsin.engine.core;

import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;

/** What came in and what is gone, since the journal began. Written by the core's thread. */
final class EventCounts {
    /** Events applied, duplicates and orphans among them. */
    long events;

    long duplicates;
    long orphaned;
    /** A hash of all tickets that left memory, independent of their order. */
    long forgottenHash;

    void save(SnapshotWriter out) {
        out.number(events);
        out.number(duplicates);
        out.number(orphaned);
        out.fixed(forgottenHash);
    }

    void load(SnapshotReader in) {
        events = in.number();
        duplicates = in.number();
        orphaned = in.number();
        forgottenHash = in.fixed();
    }
}
