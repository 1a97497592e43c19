package io.tocsin.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.pipeline.CoreAnswer;
import io.tocsin.http.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers to questions that many ask again and again: a question reaches the core once in a while, and everyone who asks
 * meanwhile gets the same bytes. Any thread. They are written by the thread of the first reader, never by the core's that
 * completes the future. Failures are not kept.
 *
 * <p>Two promises. <b>A client that was told that its events are applied reads an answer with them in it</b>: an answer is good
 * for it only if it was asked for after the newest acknowledgement that went to the same address. For everybody else an answer
 * is good for its life, a fraction of a second, however many events come in. And <b>readers do not slow the core down</b>: of
 * each question one is under way at a time, and after it the core rests from this question for {@value #REST} times as long as
 * it worked on it, however long it was waited for; who may not be given the last answer waits for the next one. So a question costs
 * the core 2 % of its time at most. One that is much work is asked again so soon that figures do not become a second old, but not
 * before the core has rested {@value #LONG_REST} times as long, and is until then also given to those who were told nothing.
 *
 * <p>It goes by addresses and not by connections, because a client may have several; and not by a token that a reader would
 * bring along, because then only those who know of it would read what they wrote. Behind a proxy all are one client: each may
 * have to wait for the core's rest to end, and the core is no worse off.
 */
final class PreparedAnswers {
    private static final int MAX_QUESTIONS = 256;
    private static final int REST = 50;
    private static final int LONG_REST = 10;
    private static final long LONG_NS = 5_000_000;
    /** A rest after which figures are younger than a second still. */
    private static final long FRESH_REST_NS = 700_000_000;

    private static final long MOST_REST_NS = 2_000_000_000;

    private final Map<Object, Prepared<?>> answers = new ConcurrentHashMap<>();
    private final long lifeNs;
    private final long timeoutMs;
    private final LongSupplier nanoTime;
    private final LongConsumer pauseNs;
    private final Acknowledgements acknowledgements;

    /**
     * No answers yet.
     *
     * @param lifeNs how long an answer is given again to those who were told nothing since
     * @param timeoutMs how long a reader waits for the core at most
     * @param pauseNs lets so many nanoseconds pass, or fewer
     */
    PreparedAnswers(
            long lifeNs,
            long timeoutMs,
            LongSupplier nanoTime,
            LongConsumer pauseNs,
            Acknowledgements acknowledgements) {
        this.lifeNs = lifeNs;
        this.timeoutMs = timeoutMs;
        this.nanoTime = nanoTime;
        this.pauseNs = pauseNs;
        this.acknowledgements = acknowledgements;
    }

    /** As above, in real time. */
    PreparedAnswers(long lifeNs, long timeoutMs, Acknowledgements acknowledgements) {
        this(lifeNs, timeoutMs, System::nanoTime, LockSupport::parkNanos, acknowledgements);
    }

    /** As {@link #bytes}, of an answer as JSON. */
    <T> byte[] json(String client, Object question, Supplier<CompletableFuture<T>> ask, JsonWriter<T> writer) {
        return bytes(client, question, ask, answer -> Json.bytes(generator -> writer.write(generator, answer)));
    }

    /**
     * The answer.
     *
     * @param client the address of who wants to know
     * @param question what is asked, with a value's equality
     * @param ask asks the core
     * @param writer writes the core's answer
     * @throws Problem if the core has stopped, or does not answer in time
     */
    <T> byte[] bytes(String client, Object question, Supplier<CompletableFuture<T>> ask, Writer<T> writer) {
        long told = acknowledgements.newestOf(client);
        long startNs = nanoTime.getAsLong();
        long nowNs = startNs;
        while (nowNs - startNs < TimeUnit.MILLISECONDS.toNanos(timeoutMs)) {
            Prepared<?> known = answers.get(question);
            if (known != null && isGood(known, told, nowNs)) {
                return known.bytes(timeoutMs);
            }
            Prepared<?> next = askUnlessBusy(question, nowNs, ask, writer);
            if (next != known) {
                // Asked for after this reader came, by whomever.
                return next.bytes(timeoutMs);
            }
            letPass(next, nowNs);
            nowNs = nanoTime.getAsLong();
        }
        throw Problem.unavailable("the engine has not answered within " + timeoutMs + " ms");
    }

    /** How many answers are kept. */
    int size() {
        return answers.size();
    }

    private <T> Prepared<?> askUnlessBusy(
            Object question, long nowNs, Supplier<CompletableFuture<T>> ask, Writer<T> writer) {
        if (answers.size() >= MAX_QUESTIONS && !answers.containsKey(question)) {
            makeRoom(nowNs);
        }
        return answers.compute(
                question, (same, known) -> known != null && isBusy(known, nowNs) ? known : prepare(nowNs, ask, writer));
    }

    private <T> Prepared<T> prepare(long nowNs, Supplier<CompletableFuture<T>> ask, Writer<T> writer) {
        // Before it asks: what is acknowledged later may not be in the answer.
        long acknowledged = acknowledgements.newest();
        return new Prepared<>(nowNs, acknowledged, askNow(ask), writer, nanoTime);
    }

    private static <T> CompletableFuture<T> askNow(Supplier<CompletableFuture<T>> ask) {
        try {
            return ask.get();
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean isGood(Prepared<?> known, long told, long nowNs) {
        if (known.acknowledged < told || known.answer.isCompletedExceptionally()) {
            return false;
        }
        long ageNs = nowNs - known.askedNs;
        return known.answer.isDone()
                ? ageNs < Math.max(lifeNs, known.workNs > LONG_NS ? restNs(known) : 0)
                : ageNs < TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    }

    private boolean isBusy(Prepared<?> known, long nowNs) {
        long ageNs = nowNs - known.askedNs;
        if (!known.answer.isDone()) {
            return ageNs < TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        }
        return !known.answer.isCompletedExceptionally() && ageNs < known.tookNs + restNs(known);
    }

    /** How long the core rests from a question. */
    private static long restNs(Prepared<?> known) {
        long needed = Math.max(FRESH_REST_NS, LONG_REST * known.workNs);
        return Math.min(Math.min(REST * known.workNs, needed), MOST_REST_NS);
    }

    private void letPass(Prepared<?> busy, long nowNs) {
        if (!busy.answer.isDone()) {
            busy.await(timeoutMs);
        } else {
            pauseNs.accept(busy.askedNs + busy.tookNs + restNs(busy) - nowNs);
        }
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server is stopping");
        }
    }

    private void makeRoom(long nowNs) {
        answers.values().removeIf(known -> !isGood(known, 0, nowNs));
        if (answers.size() >= MAX_QUESTIONS) {
            answers.clear();
        }
    }

    /** Writes an answer. */
    @FunctionalInterface
    interface Writer<T> {
        byte[] write(T answer) throws IOException;
    }

    /** Writes an answer as JSON. */
    @FunctionalInterface
    interface JsonWriter<T> {
        void write(JsonGenerator json, T answer) throws IOException;
    }

    private static final class Prepared<T> {
        private final long askedNs;
        private final long acknowledged;
        private final CompletableFuture<T> answer;
        private final Writer<T> writer;
        /** How long it was waited for, and how long the core worked on it. */
        private volatile long tookNs;

        private volatile long workNs;
        private byte @Nullable [] bytes;

        Prepared(long askedNs, long acknowledged, CompletableFuture<T> asked, Writer<T> writer, LongSupplier nanoTime) {
            this.askedNs = askedNs;
            this.acknowledged = acknowledged;
            this.writer = writer;
            answer = asked.whenComplete((found, failure) -> {
                tookNs = nanoTime.getAsLong() - askedNs;
                workNs = CoreAnswer.workNs(asked, tookNs);
            });
        }

        /** Waits for the core, whatever comes of it. */
        void await(long timeoutMs) {
            try {
                answer.get(timeoutMs, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // Whoever asks next is told.
            }
        }

        byte[] bytes(long timeoutMs) {
            T value = Answers.await(answer, timeoutMs);
            synchronized (this) {
                if (bytes == null) {
                    bytes = write(value);
                }
                return bytes;
            }
        }

        private byte[] write(T value) {
            try {
                return writer.write(value);
            } catch (IOException e) {
                throw new UncheckedIOException("memory cannot fail to be written to", e);
            }
        }
    }
}
