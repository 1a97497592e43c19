package io.tocsin.engine.timeline;

import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CycleFacts.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cycle of a clock and how it came about.
 *
 * @param clock where it stands
 * @param promise the target that decided, or decides
 * @param match why its policy applied; empty if the policy is for everybody, null if that is not known any more
 * @param segments from its start to its stop, or to now, without gaps; what counts of them is its elapsed time
 * @param stoppedBy the event that stopped or cancelled it; null while it did not, or if that is not known any more
 * @param crossings the thresholds, in the order of their alerts
 * @param earlierVerdicts what it was held to before, oldest first
 */
public record ClockTimeline(
        ClockView clock,
        Promise promise,
        @Nullable List<MatchedCondition> match,
        List<Segment> segments,
        @Nullable Cause stoppedBy,
        List<Crossing> crossings,
        List<Verdict> earlierVerdicts) {
    /** Copies the lists. */
    public ClockTimeline {
        match = match == null ? null : List.copyOf(match);
        segments = List.copyOf(segments);
        crossings = List.copyOf(crossings);
        earlierVerdicts = List.copyOf(earlierVerdicts);
    }
}
