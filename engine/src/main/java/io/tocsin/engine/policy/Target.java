package io.tocsin.engine.policy;

import java.util.List;

/**
 * What a policy promises for one clock.
 *
 * @param time how long it may take
 * @param calendar the name of the calendar that counts the time
 * @param warnings thresholds before the due instant
 * @param escalation what happens after it, in the file's order; level = index + 1
 */
public record Target(TargetTime time, String calendar, List<Warning> warnings, List<EscalationStep> escalation) {
    /** Copies the lists. */
    public Target {
        warnings = List.copyOf(warnings);
        escalation = List.copyOf(escalation);
    }
}
