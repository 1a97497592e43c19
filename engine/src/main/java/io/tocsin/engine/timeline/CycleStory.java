package io.tocsin.engine.timeline;

import io.tocsin.engine.calendar.BusinessCalendar;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CycleFacts;
import io.tocsin.engine.view.CycleFacts.Gap;
import io.tocsin.engine.view.CycleFacts.Promise;
import io.tocsin.engine.view.TicketView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one cycle: which record put each of its boundaries where it is, which thresholds it crossed, and what it
 * was held to before. A boundary that an event moved is that event's; one that it left is still of the one before. One
 * thread.
 */
final class CycleStory {
    /** One of which nothing is known. */
    static final CycleStory UNKNOWN = new CycleStory();

    private final Map<Boundary, Cause> causes = new HashMap<>();
    private final List<Crossing> crossings = new ArrayList<>();
    private final List<Verdict> earlierVerdicts = new ArrayList<>();

    @Nullable
    private List<MatchedCondition> match;

    private enum Edge {
        START,
        PAUSE,
        RESUMPTION,
        STOP
    }

    private record Boundary(Edge edge, long atNs) {}

    /** A record was applied. */
    void note(@Nullable CycleFacts before, CycleFacts after, TicketView ticket, PolicySet policies, Cause cause) {
        List<Boundary> known = before == null ? List.of() : boundaries(before);
        for (Boundary boundary : boundaries(after)) {
            if (!known.contains(boundary)) {
                causes.put(boundary, cause);
            }
        }
        if (before != null && !Objects.equals(before.promise(), after.promise())) {
            ClockView clock = before.clock();
            earlierVerdicts.add(
                    new Verdict(cause.arrivedNs(), before.promise(), clock.dueNs(), clock.breached(), cause));
        }
        Promise promise = after.promise();
        if (promise != null && (before == null || before.isOpen() || after.isOpen())) {
            match = matched(promise.policy(), ticket, policies);
        }
    }

    /** An alert was given. */
    void note(Crossing crossing) {
        crossings.add(crossing);
    }

    @Nullable
    Cause start(long atNs) {
        return causes.get(new Boundary(Edge.START, atNs));
    }

    @Nullable
    Cause pause(long atNs) {
        return causes.get(new Boundary(Edge.PAUSE, atNs));
    }

    @Nullable
    Cause resumption(long atNs) {
        return causes.get(new Boundary(Edge.RESUMPTION, atNs));
    }

    @Nullable
    Cause stop(long atNs) {
        return causes.get(new Boundary(Edge.STOP, atNs));
    }

    /** The cycle as a timeline, with facts that are as they are at an instant. */
    ClockTimeline tell(CycleFacts facts, Promise promise, long asOfNs, Detections detections) {
        BusinessCalendar calendar = new BusinessCalendar(promise.calendar());
        return new ClockTimeline(
                facts.clock(),
                promise,
                match,
                Segments.of(facts, calendar, this, asOfNs),
                facts.isOpen() ? null : stop(facts.clock().stoppedNs()),
                crossings.stream()
                        .map(crossing -> crossing.detectedAt(detections.detectedNs(crossing)))
                        .toList(),
                earlierVerdicts);
    }

    private static List<Boundary> boundaries(CycleFacts facts) {
        List<Boundary> boundaries = new ArrayList<>();
        boundaries.add(new Boundary(Edge.START, facts.clock().startedNs()));
        for (Gap gap : facts.gaps()) {
            boundaries.add(new Boundary(gap.reopening() ? Edge.STOP : Edge.PAUSE, gap.fromNs()));
            if (gap.toNs() != Gap.OPEN) {
                boundaries.add(new Boundary(Edge.RESUMPTION, gap.toNs()));
            }
        }
        if (!facts.isOpen()) {
            boundaries.add(new Boundary(Edge.STOP, facts.clock().stoppedNs()));
        }
        return boundaries;
    }

    private static List<MatchedCondition> matched(String name, TicketView ticket, PolicySet policies) {
        for (Policy policy : policies.policies()) {
            if (policy.name().equals(name)) {
                return policy.match().stream()
                        .map(condition -> new MatchedCondition(
                                condition, ticket.attributes().get(condition.attribute())))
                        .toList();
            }
        }
        throw new IllegalStateException("policy " + name + " decides and is not among those in force");
    }
}
