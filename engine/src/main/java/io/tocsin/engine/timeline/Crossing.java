package io.tocsin.engine.timeline;

import io.tocsin.engine.alert.AlertKind;
import java.util.List;

/**
 * A threshold that a cycle crossed, or the revocation of one.
 *
 * @param kind what was announced
 * @param threshold as written in the policy
 * @param level the escalation step from 1, 0 for others
 * @param atNs the instant of it
 * @param alert the alert's id
 * @param revokes the id of the alert that it takes back, empty for others
 * @param to the recipients
 * @param byEvent whether an event, or a policy, brought it to light, and not the passing of time
 * @param foundByNs when it was found at the latest; exactly then if {@code byEvent}
 * @param detectedNs when it was found live, or {@link io.tocsin.engine.view.ClockView#NONE} if nobody knows
 */
public record Crossing(
        AlertKind kind,
        String threshold,
        int level,
        long atNs,
        String alert,
        String revokes,
        List<String> to,
        boolean byEvent,
        long foundByNs,
        long detectedNs) {
    /** Copies the recipients. */
    public Crossing {
        to = List.copyOf(to);
    }

    /** The same, found live at an instant. */
    Crossing detectedAt(long newDetectedNs) {
        return new Crossing(kind, threshold, level, atNs, alert, revokes, to, byEvent, foundByNs, newDetectedNs);
    }
}
