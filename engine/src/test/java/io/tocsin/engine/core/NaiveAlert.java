package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import java.util.ArrayList;
import java.util.List;

/** What was said, in the contract's fields; {@link AlertRecord#NONE} for an instant or duration that does not exist. */
record NaiveAlert(
        AlertKind kind,
        String id,
        String revokes,
        String ticket,
        String clock,
        int cycle,
        String policy,
        String threshold,
        int level,
        List<String> to,
        long atNs,
        long dueNs,
        long detectedNs,
        long elapsedNs,
        long targetNs) {
    static NaiveAlert of(AlertRecord alert) {
        List<String> to = new ArrayList<>();
        for (String each = alert.nextTo(); each != null; each = alert.nextTo()) {
            to.add(each);
        }
        return new NaiveAlert(
                alert.kind(),
                alert.id(),
                alert.revokes(),
                alert.ticket(),
                alert.clock(),
                alert.cycle(),
                alert.policy(),
                alert.threshold(),
                alert.level(),
                to,
                alert.atNs(),
                alert.dueNs(),
                alert.detectedNs(),
                alert.elapsedNs(),
                alert.targetNs());
    }
}
