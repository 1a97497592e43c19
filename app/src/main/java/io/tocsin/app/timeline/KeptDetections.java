package io.tocsin.app.timeline;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.AlertJournal.Handler;
import io.tocsin.engine.timeline.Crossing;
import io.tocsin.engine.timeline.Detections;
import io.tocsin.engine.view.ClockView;
import org.agrona.DirectBuffer;

/**
 * Looks up in the kept alerts when a threshold was found. Alerts are kept in the order in which they were found, so that a
 * search by time comes close; from there on alerts are compared by id. One thread.
 */
final class KeptDetections implements Detections {
    /** So many alerts may be found between a threshold's instant and its own alert, as when a million come due at once. */
    private static final int MOST_COMPARED = 1 << 16;

    private static final int PAGE = 256;

    private final Kept kept;
    private final Runnable pulse;
    private final AlertRecord alert = new AlertRecord();
    private long lastSeq = -1;
    private long foundNs;
    private boolean passed;

    /** The alerts that are kept. */
    interface Kept {
        /** The number of the last one. */
        long lastSeq();

        /** Hands over those behind a number, at most so many. */
        void read(long afterSeq, int limit, Handler handler);
    }

    /** @param pulse is called all the while, and may end the search by throwing */
    KeptDetections(Kept kept, Runnable pulse) {
        this.kept = kept;
        this.pulse = pulse;
    }

    @Override
    public long detectedNs(Crossing crossing) {
        if (crossing.byEvent()) {
            return crossing.foundByNs();
        }
        foundNs = ClockView.NONE;
        passed = false;
        long afterSeq = lastBefore(crossing.atNs());
        for (int compared = 0; compared < MOST_COMPARED && !passed && afterSeq < lastSeq(); compared += PAGE) {
            pulse.run();
            kept.read(afterSeq, PAGE, (buffer, offset, length) -> compare(buffer, offset, crossing));
            afterSeq += PAGE;
        }
        return foundNs;
    }

    private void compare(DirectBuffer buffer, int offset, Crossing crossing) {
        alert.wrap(buffer, offset);
        if (!passed && alert.id().equals(crossing.alert())) {
            foundNs = alert.detectedNs();
        }
        passed |= foundNs != ClockView.NONE || alert.detectedNs() > crossing.foundByNs();
    }

    /** The number of the last alert that was found before an instant, 0 when there is none. */
    private long lastBefore(long instantNs) {
        long low = 0;
        long high = lastSeq();
        while (low < high) {
            pulse.run();
            long middle = (low + high + 1) >>> 1;
            if (detectedNs(middle) < instantNs) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private long detectedNs(long seq) {
        long[] detectedNs = {0};
        kept.read(
                seq - 1,
                1,
                (buffer, offset, length) ->
                        detectedNs[0] = alert.wrap(buffer, offset).detectedNs());
        return detectedNs[0];
    }

    private long lastSeq() {
        if (lastSeq < 0) {
            lastSeq = kept.lastSeq();
        }
        return lastSeq;
    }
}
