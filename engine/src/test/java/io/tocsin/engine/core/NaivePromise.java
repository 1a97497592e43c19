package io.tocsin.engine.core;

import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.view.ClockView;

/** What a policy promises for a clock, and the hours of the calendar that counts it. */
record NaivePromise(String policy, Target target, NaiveHours hours) {
    /** {@link ClockView#NONE} for a target in business days. */
    long targetNs() {
        return target.time() instanceof TargetTime.Elapsed elapsed ? elapsed.targetNs() : ClockView.NONE;
    }
}
