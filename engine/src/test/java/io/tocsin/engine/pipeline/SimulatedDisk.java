package io.tocsin.engine.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a file system keeps of a data folder. What was committed survives the death of the process; what was forced also
 * survives a power cut, which leaves of the rest a beginning by chance, whose last document may be torn, of events and of
 * alerts independently. A torn document is noticed by its checksum, so it is only marked here.
 */
final class SimulatedDisk {
    private final Random random;

    private final List<Batch> events = new ArrayList<>();
    private int forcedBatches;
    private final TreeSet<Long> skipped = new TreeSet<>();

    private final List<byte[]> alerts = new ArrayList<>();
    private int forcedAlerts;
    private boolean lastAlertTorn;

    private final TreeMap<Long, byte[]> snapshots = new TreeMap<>();

    /** A document of the events. */
    static final class Batch {
        final long firstPosition;
        final List<byte[]> records;
        private boolean torn;

        Batch(long firstPosition, List<byte[]> records) {
            this.firstPosition = firstPosition;
            this.records = List.copyOf(records);
        }

        long endPosition() {
            return firstPosition + records.size();
        }
    }

    SimulatedDisk(Random random) {
        this.random = random;
    }

    // ---- events

    void commit(List<byte[]> records) {
        events.add(new Batch(endPosition(), records));
    }

    void forceEvents(int batches) {
        forcedBatches = Math.max(forcedBatches, batches);
    }

    int batchCount() {
        return events.size();
    }

    Batch batch(int index) {
        return events.get(index);
    }

    /** The position behind the last record that is in the system's memory. */
    long endPosition() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).endPosition();
    }

    /** The position behind the last record that is on the device. */
    long forcedPosition() {
        return forcedBatches == 0 ? 0 : events.get(forcedBatches - 1).endPosition();
    }

    byte[] record(long position) {
        int low = 0;
        int high = events.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (events.get(middle).firstPosition <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Batch batch = events.get(low);
        return batch.records.get((int) (position - batch.firstPosition));
    }

    /**
     * Somebody says to go on without a record. The journal is forced before that is written down: were the record lost
     * afterwards, another one would get its position and be passed over.
     */
    void skip(long position) {
        forcedBatches = events.size();
        skipped.add(position);
    }

    boolean isSkipped(long position) {
        return skipped.contains(position);
    }

    /** Somebody says to go on without the documents that are damaged. */
    void skipTorn() {
        for (Batch batch : events) {
            for (long position = batch.firstPosition; batch.torn && position < batch.endPosition(); position++) {
                skipped.add(position);
            }
        }
    }

    /** As a journal does on meeting a document whose checksum is wrong, unless it was told to pass over it. */
    void checkWhole(Batch batch) {
        if (batch.torn && !skipped.contains(batch.firstPosition)) {
            throw new IllegalStateException(
                    "simulated events: the document of number " + batch.firstPosition + " is damaged");
        }
    }

    boolean hasTornEvents() {
        return events.stream().anyMatch(batch -> batch.torn && !skipped.contains(batch.firstPosition));
    }

    // ---- alerts

    void keep(byte[] alert) {
        alerts.add(alert);
    }

    void forceAlerts(int count) {
        forcedAlerts = Math.max(forcedAlerts, count);
    }

    int forcedAlerts() {
        return forcedAlerts;
    }

    List<byte[]> alerts() {
        return alerts;
    }

    boolean isLastAlertTorn() {
        return lastAlertTorn;
    }

    void moveAlertsAway() {
        alerts.clear();
        forcedAlerts = 0;
        lastAlertTorn = false;
    }

    // ---- snapshots

    Map<Long, byte[]> snapshots() {
        return snapshots;
    }

    List<Long> snapshotPositions() {
        return List.copyOf(snapshots.descendingKeySet());
    }

    void rename(long position, byte[] snapshot) {
        snapshots.put(position, snapshot);
    }

    void prune(int kept) {
        while (snapshots.size() > kept) {
            snapshots.pollFirstEntry();
        }
    }

    /** Flips a bit of a snapshot, cuts it short or lengthens it; says which one. */
    long damageASnapshot() {
        List<Long> positions = snapshotPositions();
        long position = positions.get(random.nextInt(positions.size()));
        byte[] bytes = snapshots.get(position);
        int length = bytes.length;
        switch (random.nextInt(4)) {
            case 0 -> length = random.nextInt(length + 1);
            case 1 -> length += 1 + random.nextInt(20);
            default -> flip(bytes);
        }
        snapshots.put(position, Arrays.copyOf(bytes, length));
        return position;
    }

    private void flip(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    // ---- faults

    /** The system's memory is lost; what had been written from it is read back from the device from now on. */
    String powerCut() {
        int batches = forcedBatches + random.nextInt(events.size() - forcedBatches + 1);
        events.subList(batches, events.size()).clear();
        if (batches > forcedBatches && random.nextInt(3) == 0) {
            events.get(batches - 1).torn = true;
        }
        int count = forcedAlerts + random.nextInt(alerts.size() - forcedAlerts + 1);
        alerts.subList(count, alerts.size()).clear();
        lastAlertTorn = lastAlertTorn || (count > forcedAlerts && random.nextInt(4) == 0);
        String text = "power cut: events to " + endPosition() + " of which forced " + forcedPosition()
                + (hasTornEvents() ? ", torn" : "") + "; alerts to " + count + " of which forced " + forcedAlerts
                + (lastAlertTorn ? ", torn" : "");
        forcedBatches = batches;
        forcedAlerts = count;
        return text;
    }
}
