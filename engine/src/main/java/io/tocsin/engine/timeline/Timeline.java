package io.tocsin.engine.timeline;

import io.tocsin.engine.view.ClockView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One ticket and how it came to stand where it stands. Immutable; any thread.
 *
 * @param ticket its id
 * @param status its status, when it was forgotten if it is; null if it was never opened
 * @param policy the name of the policy that applies, or null
 * @param attributes its attributes
 * @param asOfNs the engine time that it holds for
 * @param forgottenNs when it left memory, or {@link ClockView#NONE}
 * @param gap why something may be missing, or null if everything is there
 * @param clocks its clocks, as they are listed of the ticket
 * @param earlierLives what was before it was forgotten and opened again, oldest first
 * @param happenings what happened, in the order in which the engine was told
 */
public record Timeline(
        String ticket,
        @Nullable String status,
        @Nullable String policy,
        Map<String, Object> attributes,
        long asOfNs,
        long forgottenNs,
        @Nullable String gap,
        List<ClockTimeline> clocks,
        List<Life> earlierLives,
        List<Happening> happenings) {
    /** Copies the lists. */
    public Timeline {
        clocks = List.copyOf(clocks);
        earlierLives = List.copyOf(earlierLives);
        happenings = List.copyOf(happenings);
    }

    /** The same with a reason why something may be missing. */
    public Timeline with(String newGap) {
        return new Timeline(
                ticket, status, policy, attributes, asOfNs, forgottenNs, newGap, clocks, earlierLives, happenings);
    }

    /**
     * A life of a ticket that was forgotten and opened again.
     *
     * @param status its status then
     * @param forgottenNs when it was forgotten
     * @param clocks its clocks
     */
    public record Life(String status, long forgottenNs, List<ClockTimeline> clocks) {
        /** Copies the clocks. */
        public Life {
            clocks = List.copyOf(clocks);
        }
    }
}
