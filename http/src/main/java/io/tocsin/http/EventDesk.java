package io.tocsin.http;

import io.tocsin.http.json.EventReader;
import io.tocsin.http.json.EventReader.Dialect;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What it takes to read one request's events: the body, a reader, the batch. A body of a thousand events takes a megabyte of
 * it, so it is used again, by one thread at a time; see {@link Desks}.
 */
final class EventDesk {
    private final RequestBody body = new RequestBody();
    private final EventBatch batch = new EventBatch();
    private final Map<Dialect, EventReader> readers = new EnumMap<>(Dialect.class);
    private final long maxFutureSkewNs;

    private EventDesk(long maxFutureSkewNs) {
        this.maxFutureSkewNs = maxFutureSkewNs;
    }

    RequestBody body() {
        return body;
    }

    EventBatch batch() {
        return batch;
    }

    EventReader reader(Dialect dialect) {
        return readers.computeIfAbsent(dialect, unknown -> new EventReader(unknown, maxFutureSkewNs));
    }

    /** The desks that are free. Any thread. */
    static final class Desks {
        private static final int MOST = 16;
        /** A desk that had to grow beyond is not kept. */
        private static final int MOST_ROOM = 2 * 1024 * 1024;

        private final BlockingQueue<EventDesk> free = new ArrayBlockingQueue<>(MOST);
        private final long maxFutureSkewNs;

        Desks(long maxFutureSkewNs) {
            this.maxFutureSkewNs = maxFutureSkewNs;
        }

        /** One that nobody else has. */
        EventDesk take() {
            EventDesk desk = free.poll();
            return desk == null ? new EventDesk(maxFutureSkewNs) : desk;
        }

        /** Gives it back; nothing of it may be used after that. */
        void giveBack(EventDesk desk) {
            desk.batch.clear();
            if (desk.body.room() <= MOST_ROOM && desk.batch.room() <= MOST_ROOM) {
                var unused = free.offer(desk);
            }
        }
    }
}
