package io.tocsin.http.wallboard;

import java.util.Map;

/** What boards need to know of the policy in force. Any thread. */
public interface BoardPolicy {
    /** The display names of a policy in force, by language tag; none when it has none or is not in force. */
    Map<String, String> labels(String policy);

    /**
     * The attainment below which a clock must not fall, by the clock's name: what the first objective of the file on the
     * attainment of a clock says. From 0 to 1.
     */
    Map<String, Double> goals();

    /** Whether the policy file says how the figures of service departments are computed, so that they mean something. */
    boolean hasFigures();
}
