package io.tocsin.engine.policy;

import java.util.List;

/**
 * One step of an escalation chain.
 *
 * @param after as written in the policy, such as {@code 15m}
 * @param afterNs the calendar's time from the due instant; 0 or more
 * @param everyNs the time between repetitions; 0 when the step is taken once
 * @param times how often the step is taken in all; 1 when it is not repeated
 * @param to the recipients, at least one
 */
public record EscalationStep(String after, long afterNs, long everyNs, int times, List<String> to) {
    /** Copies the recipients and checks the ranges. */
    public EscalationStep {
        to = List.copyOf(to);
        if (afterNs < 0 || everyNs < 0 || times < 1 || (everyNs == 0) != (times == 1) || to.isEmpty()) {
            throw new IllegalArgumentException("escalation step after " + after + " has every " + everyNs
                    + " ns, times " + times + ", to " + to + ": a repeated step needs both every and times above 1,"
                    + " and each step a recipient");
        }
    }
}
