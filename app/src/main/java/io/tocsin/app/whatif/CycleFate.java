package io.tocsin.app.whatif;

import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CycleFacts.Promise;

/**
 * What became of one cycle under one policy file.
 *
 * @param clock where it stands in the end
 * @param promise what it was held to
 * @param outcome how it counts
 * @param endNs its stop, or the end of the comparison
 */
record CycleFate(ClockView clock, Promise promise, Outcome outcome, long endNs) {
    static CycleFate of(ClockView clock, Promise promise, long asOfNs) {
        long endNs = clock.stoppedNs() == ClockView.NONE ? asOfNs : clock.stoppedNs();
        return new CycleFate(clock, promise, Outcome.of(clock), endNs);
    }

    /**
     * By how much of its calendar's time it missed its target; of a target in business days how long after its due instant it
     * ended; 0 when it was in time.
     */
    long lateNs() {
        if (outcome != Outcome.BREACHED) {
            return 0;
        }
        if (clock.remainingNs() != ClockView.NONE) {
            return Math.max(0, -clock.remainingNs());
        }
        return clock.dueNs() == ClockView.NONE ? 0 : Math.max(0, endNs - clock.dueNs());
    }

    /** Whether it stopped, so that its elapsed time is a figure. */
    boolean hasResult() {
        return clock.state().equals("stopped");
    }
}
