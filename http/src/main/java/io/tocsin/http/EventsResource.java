package io.tocsin.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.http.json.EventSource;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.UnreadableJsonException;
import java.io.IOException;
import org.agrona.concurrent.EpochNanoClock;

/**
 * {@code POST /v1/events}. The whole body is read and judged before the first event is handed over, so a body that is
 * refused as a whole has changed nothing. All its events arrive at one moment.
 */
final class EventsResource {
    private final EventIntake intake;
    private final EpochNanoClock clock;
    private final int maxBodyLength;
    private final EventDesk.Desks desks;
    private final Rejections rejections;

    EventsResource(
            EventIntake intake, EpochNanoClock clock, int maxBodyLength, long maxFutureSkewNs, Rejections rejections) {
        this.intake = intake;
        this.clock = clock;
        this.maxBodyLength = maxBodyLength;
        this.rejections = rejections;
        desks = new EventDesk.Desks(maxFutureSkewNs);
    }

    void post(Context ctx) throws IOException {
        EventFormat format = EventFormat.of(ctx.contentType());
        boolean strict = Query.truth(ctx, "strict", false);
        EventDesk desk = desks.take();
        desk.body().read(ctx, maxBodyLength);
        read(format, desk);
        EventBatch batch = desk.batch();
        answer(ctx, batch, strict ? submitAllOrNone(batch, Answers.client(ctx)) : submit(batch, Answers.client(ctx)));
        // Not after a problem: it is written later, from the batch.
        desks.giveBack(desk);
    }

    private void read(EventFormat format, EventDesk desk) throws IOException {
        EventBatch batch = desk.batch();
        EventSource source = format.open(desk.body().bytes(), desk.body().length(), desk.reader(format.dialect()));
        long nowNs = clock.nanoTime();
        try {
            while (source.next(nowNs)) {
                String problem = source.problem();
                if (problem == null) {
                    batch.accept(source.record());
                } else {
                    batch.reject(problem);
                }
            }
        } catch (UnreadableJsonException e) {
            throw Problem.badRequest(e.detail());
        }
    }

    private int submit(EventBatch batch, String client) {
        int accepted = intake.submit(batch, client);
        rejections.addInvalid(batch.rejectedCount());
        if (accepted < batch.recordCount()) {
            rejections.addFull(batch.recordCount() - accepted);
            throw full(batch, accepted);
        }
        return accepted;
    }

    private int submitAllOrNone(EventBatch batch, String client) {
        if (batch.rejectedCount() > 0) {
            rejections.addInvalid(batch.eventCount());
            throw unprocessable(
                    batch,
                    batch.rejectedCount() + " of " + batch.eventCount()
                            + " events are not valid, so none was taken: strict is all or nothing");
        }
        if (batch.recordCount() > intake.capacity()) {
            throw new Problem(
                    HttpStatus.CONTENT_TOO_LARGE,
                    batch.recordCount() + " events are more than the " + intake.capacity()
                            + " that can be taken at once: send fewer with strict, or leave it out");
        }
        if (batch.recordCount() > 0 && !intake.submitAll(batch, client)) {
            rejections.addFull(batch.recordCount());
            throw full(batch, 0);
        }
        return batch.recordCount();
    }

    private static void answer(Context ctx, EventBatch batch, int accepted) {
        if (accepted == 0 && batch.rejectedCount() > 0) {
            throw unprocessable(batch, "none of the events is valid");
        }
        Answers.json(ctx, Json.bytes(json -> {
            json.writeStartObject();
            batch.writeOutcome(json, accepted, batch.rejectedCount(), batch.eventCount());
            json.writeEndObject();
        }));
    }

    private static Problem unprocessable(EventBatch batch, String detail) {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                detail,
                json -> batch.writeOutcome(json, 0, batch.rejectedCount(), batch.eventCount()));
    }

    private static Problem full(EventBatch batch, int accepted) {
        int next = batch.eventIndex(accepted);
        return new Problem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "the engine is full: " + accepted + " events were accepted, go on from index " + next,
                        json -> {
                            batch.writeOutcome(json, accepted, next - accepted, next);
                            json.writeNumberField("next", next);
                        })
                .retryAfter(1);
    }
}
