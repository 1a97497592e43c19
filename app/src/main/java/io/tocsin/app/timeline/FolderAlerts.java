package io.tocsin.app.timeline;

import io.tocsin.engine.pipeline.AlertJournal.Handler;
import io.tocsin.journal.ReadOnlyAlerts;
import java.nio.file.Path;

/** The kept alerts of a data folder, a few at a time. One thread. */
final class FolderAlerts implements KeptDetections.Kept {
    private final ReadOnlyAlerts alerts;

    FolderAlerts(Path folder) {
        alerts = new ReadOnlyAlerts(folder);
    }

    @Override
    public long lastSeq() {
        return alerts.lastSeq();
    }

    @Override
    public void read(long afterSeq, int limit, Handler handler) {
        int[] left = {limit};
        try {
            alerts.read(afterSeq + 1, (buffer, offset, length) -> {
                if (left[0]-- == 0) {
                    throw new Enough();
                }
                handler.onAlert(buffer, offset, length);
            });
        } catch (Enough e) {
            // That is how a reader ends a reading that knows no other way.
        }
    }
}
