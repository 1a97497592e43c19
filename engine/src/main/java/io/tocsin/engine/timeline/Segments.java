package io.tocsin.engine.timeline;

import io.tocsin.engine.calendar.BusinessCalendar;
import io.tocsin.engine.timeline.Segment.Kind;
import io.tocsin.engine.view.CycleFacts;
import io.tocsin.engine.view.CycleFacts.Gap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Divides a cycle's life, from its start to its stop or now, into segments: adjacent, none of them empty, and what counts of
 * them is the elapsed time to the nanosecond. Used once, on one thread.
 */
final class Segments {
    private final List<Segment> segments = new ArrayList<>();
    private final BusinessCalendar calendar;

    private Segments(BusinessCalendar calendar) {
        this.calendar = calendar;
    }

    /**
     * The segments of a cycle that has a target.
     *
     * @param calendar that of the target
     * @param story knows what began them
     * @throws IllegalStateException if they do not add up to its elapsed time
     */
    static List<Segment> of(CycleFacts facts, BusinessCalendar calendar, CycleStory story, long asOfNs) {
        Segments divided = new Segments(calendar);
        divided.divide(facts, story, facts.isOpen() ? asOfNs : facts.clock().stoppedNs());
        long countedNs = divided.segments.stream().mapToLong(Segment::countedNs).sum();
        if (countedNs != facts.clock().elapsedNs()) {
            throw new IllegalStateException("the segments of " + facts + " count " + countedNs
                    + " ns, its elapsed time is " + facts.clock().elapsedNs() + " ns");
        }
        return divided.segments;
    }

    private void divide(CycleFacts facts, CycleStory story, long endNs) {
        long fromNs = facts.clock().startedNs();
        Cause cause = story.start(fromNs);
        for (Gap gap : facts.gaps()) {
            if (gap.fromNs() >= endNs) {
                break;
            }
            run(fromNs, gap.fromNs(), cause);
            long toNs = Math.min(gap.toNs(), endNs);
            if (gap.reopening()) {
                add(Kind.STOPPED, gap.fromNs(), toNs, story.stop(gap.fromNs()));
            } else {
                add(Kind.PAUSED, gap.fromNs(), toNs, story.pause(gap.fromNs()));
            }
            fromNs = toNs;
            cause = story.resumption(toNs);
        }
        run(fromNs, endNs, cause);
    }

    /** A stretch in which the clock runs, as far as its calendar lets it. */
    private void run(long fromNs, long toNs, @Nullable Cause began) {
        Cause cause = began;
        long atNs = fromNs;
        while (atNs < toNs) {
            long changeNs = calendar.nextChangeNs(atNs, toNs);
            add(calendar.isOpen(atNs) ? Kind.RUNNING : Kind.OUTSIDE_HOURS, atNs, changeNs, cause);
            atNs = changeNs;
            cause = null;
        }
    }

    private void add(Kind kind, long fromNs, long toNs, @Nullable Cause cause) {
        if (fromNs < toNs) {
            segments.add(new Segment(kind, fromNs, toNs, cause));
        }
    }
}
