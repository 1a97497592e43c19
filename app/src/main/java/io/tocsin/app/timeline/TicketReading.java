package io.tocsin.app.timeline;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.replay.Until;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.timeline.Detections;
import io.tocsin.engine.timeline.TicketRecords;
import io.tocsin.engine.timeline.Timeline;
import io.tocsin.engine.timeline.TimelineRun;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The timeline of one ticket out of all records there are, with no other engine to ask. One thread, once. */
final class TicketReading {
    private final TicketRecords records;
    private long lastArrivalNs;

    TicketReading(String ticket, boolean withPolicies, int rememberedIds) {
        records = new TicketRecords(ticket, withPolicies, rememberedIds);
    }

    /** The next record, of whatever kind. */
    void offer(EventRecord record) {
        lastArrivalNs = record.arrivalNs();
        records.offer(record);
    }

    /** @param policies in force from the beginning, or null if they are among the records */
    Optional<Timeline> timeline(@Nullable PolicySet policies, Until until, Detections detections) {
        TimelineRun run = new TimelineRun(records, new PolicyFile(), detections);
        if (policies != null) {
            run.use(policies);
        }
        run.apply(() -> {});
        run.moveOn(engine -> engine.advance(lastArrivalNs));
        run.moveOn(until::moveOn);
        return run.timeline(null).map(this::withDoubt);
    }

    private Timeline withDoubt(Timeline timeline) {
        return records.isKeyDoubtful()
                ? timeline.with("an event's id came again after more others than are remembered, so that it may have"
                        + " counted again")
                : timeline;
    }
}
