package io.tocsin.engine.policy;

/** How long a clock may run. */
public sealed interface TargetTime {
    /**
     * So much of the calendar's time.
     *
     * @param targetNs more than 0
     */
    record Elapsed(long targetNs) implements TargetTime {
        /** Checks the range. */
        public Elapsed {
            if (targetNs <= 0) {
                throw new IllegalArgumentException("target is " + targetNs + " ns, it must be more than 0");
            }
        }
    }

    /**
     * So many business days after the start's day.
     *
     * @param days 1 or more
     * @param sameTime due at the start's time of day on that day, instead of at its close
     */
    record BusinessDays(int days, boolean sameTime) implements TargetTime {
        /** Checks the range. */
        public BusinessDays {
            if (days < 1) {
                throw new IllegalArgumentException("target is " + days + " business days, it must be 1 or more");
            }
        }
    }
}
