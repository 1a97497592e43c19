package io.tocsin.engine.view;

/**
 * How things stand around the core; {@link ClockView#NONE} where there is nothing to tell.
 *
 * @param slots how many events fit into the ring
 * @param freeSlots how many more fit now
 * @param journalPosition how many records the journal has
 * @param unforcedRecords records in the journal that nobody made sure are on the device; NONE if nobody ever does
 * @param unforcedNs for how long the oldest of them may have been waiting, 0 if there is none; NONE if nobody ever forces
 * @param snapshotPosition how many records the newest snapshot has, NONE if there is no snapshot
 * @param snapshotAgeNs how long ago it was made, or NONE
 */
public record PipelineGauges(
        long slots,
        long freeSlots,
        long journalPosition,
        long unforcedRecords,
        long unforcedNs,
        long snapshotPosition,
        long snapshotAgeNs) {}
