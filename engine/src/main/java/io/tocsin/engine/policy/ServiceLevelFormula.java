package io.tocsin.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a service level is computed: every centre means another number by it, so it is chosen by name and shown beside its
 * value. A contact is offered when it was answered or given up; one that still waits is neither yet.
 */
public enum ServiceLevelFormula {
    /** Answered in time / answered. */
    ANSWERED("answered"),
    /** Answered in time / offered. */
    OFFERED("offered"),
    /** Answered in time / (offered - given up sooner than a short abandon). */
    OFFERED_WITHOUT_SHORT_ABANDONS("offered_without_short_abandons"),
    /** (Answered in time + given up in time) / offered. */
    ABANDONED_IN_TIME_GOOD("abandoned_in_time_good"),
    /** Answered in time / (offered - given up in time). */
    ABANDONED_IN_TIME_LEFT_OUT("abandoned_in_time_left_out");

    private final String text;

    ServiceLevelFormula(String text) {
        this.text = text;
    }

    /** The name in the policy file and on the wire. */
    public String text() {
        return text;
    }

    /** The formula of a name, if there is one. */
    public static Optional<ServiceLevelFormula> of(String text) {
        return Stream.of(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    /** All names. */
    public static List<String> texts() {
        return Stream.of(values()).map(ServiceLevelFormula::text).toList();
    }
}
