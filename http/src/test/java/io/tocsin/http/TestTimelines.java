package io.tocsin.http;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.timeline.Cause;
import io.tocsin.engine.timeline.ClockTimeline;
import io.tocsin.engine.timeline.Happening;
import io.tocsin.engine.timeline.MatchedCondition;
import io.tocsin.engine.timeline.Segment;
import io.tocsin.engine.timeline.Timeline;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CycleFacts.Promise;
import io.tocsin.engine.view.TicketOrigin;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Timelines of one clock that ran for ten nanoseconds; of tickets that begin with {@code unknown} there are none. */
final class TestTimelines implements Timelines {
    final CountDownLatch reading = new CountDownLatch(2);
    private final CountDownLatch released = new CountDownLatch(1);

    void release() {
        released.countDown();
    }

    @Override
    public Optional<Timeline> read(String ticket, TicketOrigin origin, Runnable pulse) {
        if (ticket.equals("damaged")) {
            throw new IllegalStateException("the document at byte 4096 is damaged");
        }
        if (ticket.equals("slow")) {
            awaitRelease();
        }
        return ticket.startsWith("unknown") ? Optional.empty() : Optional.of(timeline(ticket, origin));
    }

    private void awaitRelease() {
        reading.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Timeline timeline(String ticket, TicketOrigin origin) {
        Cause opened = new Cause(Cause.Kind.EVENT, "opened", 0, 1, "e1");
        ClockTimeline clock = new ClockTimeline(
                new ClockView("resolution", 1, "stopped", false, 0, 20, 10, 10, 20),
                new Promise("gold", CalendarSpec.always(ZoneOffset.UTC), new TargetTime.Elapsed(20)),
                List.of(new MatchedCondition(
                        new Condition("vip", Condition.Test.ANY_OF, List.of("true")), Boolean.TRUE)),
                List.of(new Segment(Segment.Kind.RUNNING, 0, 10, opened)),
                null,
                List.of(),
                List.of());
        return new Timeline(
                ticket,
                "resolved",
                "gold",
                Map.of("vip", true),
                origin.asOfNs(),
                ClockView.NONE,
                null,
                List.of(clock),
                List.of(),
                List.of(new Happening(opened, List.of(), List.of())));
    }
}
