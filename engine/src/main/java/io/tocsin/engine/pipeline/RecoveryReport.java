package io.tocsin.engine.pipeline;

import java.util.List;

/**
 * What a start brought back.
 *
 * @param snapshotPosition how many records came as a snapshot; 0 without one
 * @param recordCount how many records were replayed behind it
 * @param remarks what somebody should know, a sentence each: snapshots that could not be used
 */
public record RecoveryReport(long snapshotPosition, long recordCount, List<String> remarks) {
    /** Keeps a copy of the remarks. */
    public RecoveryReport {
        remarks = List.copyOf(remarks);
    }
}
