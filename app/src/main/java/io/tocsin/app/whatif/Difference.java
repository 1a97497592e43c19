package io.tocsin.app.whatif;

import io.tocsin.engine.view.ClockView;

/**
 * The figures of one clock in one group, under the old policy and under the new one.
 *
 * @param before under the old one
 * @param after under the new one
 */
record Difference(Tally before, Tally after) {
    static Difference none() {
        return new Difference(new Tally(), new Tally());
    }

    /** Whether any figure is another. */
    boolean isSome() {
        for (Outcome outcome : Outcome.values()) {
            if (count(outcome) != 0) {
                return true;
            }
        }
        return before.averageNs() != after.averageNs() || before.p90Ns() != after.p90Ns();
    }

    /** How many more there are under the new policy. */
    long count(Outcome outcome) {
        return after.count(outcome) - before.count(outcome);
    }

    /** New minus old; {@link ClockView#NONE} when one of them is not there. */
    static long duration(long beforeNs, long afterNs) {
        return beforeNs == ClockView.NONE || afterNs == ClockView.NONE ? ClockView.NONE : afterNs - beforeNs;
    }
}
