package io.tocsin.app.explain;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.view.ClockView;
import java.time.ZoneId;
import java.util.List;

/**
 * What happens to one clock that starts and is never stopped, as the engine says.
 *
 * @param clock its definition
 * @param startType the type of the event that is taken to have started it
 * @param target what the policy promises for it
 * @param zone of the target's calendar
 * @param countsFromNs the start, or the calendar's next opening; {@link ClockView#NONE} when it opens no more
 * @param view the clock right after its start
 * @param alerts all that is announced of it, in order
 */
record Forecast(
        ClockDefinition clock,
        String startType,
        Target target,
        ZoneId zone,
        long countsFromNs,
        ClockView view,
        List<Alert> alerts) {
    /**
     * What is announced.
     *
     * @param threshold as written in the policy
     * @param level the escalation step from 1, 0 for other kinds
     * @param atNs when the threshold is crossed
     * @param to the recipients
     */
    record Alert(AlertKind kind, String threshold, int level, long atNs, List<String> to) {}

    /** Whether its due instant lies within the engine's time. */
    boolean isEverDue() {
        return view.dueNs() != ClockView.NONE;
    }
}
