package io.tocsin.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.http.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers to questions that many ask again and again: a question reaches the core once in a while, everyone who asks
 * meanwhile gets the same bytes, and those who ask while the core still thinks wait for the one answer. Any thread. JSON is
 * written by the thread of the first reader, never by the core's that completes the future. Failures are not kept.
 *
 * <p>Whoever was told that its events are applied reads an answer with them in it: an answer is given again only while no
 * events were acknowledged since it was asked for. Only one that took the core long is given again all the same, for ten
 * times as long as it took, so that many readers of a large engine cost it a tenth of its time at most.
 */
final class PreparedAnswers {
    private static final int MAX_QUESTIONS = 256;
    private static final long LONG_NS = 5_000_000;
    private static final int REST = 10;

    private final Map<Object, Prepared<?>> answers = new ConcurrentHashMap<>();
    private final long lifeNs;
    private final long timeoutMs;
    private final LongSupplier nanoTime;
    private final LongSupplier acknowledgements;

    /**
     * No answers yet.
     *
     * @param lifeNs how long an answer is given again at most
     * @param timeoutMs how long a reader waits for the core at most
     * @param acknowledgements grows whenever a sender was told that its events are applied
     */
    PreparedAnswers(long lifeNs, long timeoutMs, LongSupplier nanoTime, LongSupplier acknowledgements) {
        this.acknowledgements = acknowledgements;
        this.lifeNs = lifeNs;
        this.timeoutMs = timeoutMs;
        this.nanoTime = nanoTime;
    }

    /**
     * The answer as JSON.
     *
     * @param question what is asked, with a value's equality
     * @param ask asks the core
     * @param writer writes the core's answer
     */
    <T> byte[] json(Object question, Supplier<CompletableFuture<T>> ask, Writer<T> writer) {
        long nowNs = nanoTime.getAsLong();
        if (answers.size() >= MAX_QUESTIONS && !answers.containsKey(question)) {
            makeRoom(nowNs);
        }
        return answers.compute(
                        question,
                        (same, known) -> known != null && isFresh(known, nowNs) ? known : prepare(nowNs, ask, writer))
                .json(timeoutMs);
    }

    /** How many answers are kept. */
    int size() {
        return answers.size();
    }

    private <T> Prepared<T> prepare(long nowNs, Supplier<CompletableFuture<T>> ask, Writer<T> writer) {
        long acknowledged = acknowledgements.getAsLong();
        Prepared<T> prepared = new Prepared<>(nowNs, acknowledged, askNow(ask), writer);
        var unused = prepared.answer.thenRun(() -> prepared.tookNs = nanoTime.getAsLong() - nowNs);
        return prepared;
    }

    private static <T> CompletableFuture<T> askNow(Supplier<CompletableFuture<T>> ask) {
        try {
            return ask.get();
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean isFresh(Prepared<?> known, long nowNs) {
        long ageNs = nowNs - known.askedNs;
        if (!known.answer.isDone()) {
            return ageNs < timeoutMs * 1_000_000;
        }
        boolean current = known.acknowledged == acknowledgements.getAsLong();
        boolean resting = known.tookNs > LONG_NS && ageNs < REST * known.tookNs;
        return ageNs < lifeNs && (current || resting) && !known.answer.isCompletedExceptionally();
    }

    private void makeRoom(long nowNs) {
        answers.values().removeIf(known -> !isFresh(known, nowNs));
        if (answers.size() >= MAX_QUESTIONS) {
            answers.clear();
        }
    }

    /** Writes an answer as JSON. */
    @FunctionalInterface
    interface Writer<T> {
        void write(JsonGenerator json, T answer) throws IOException;
    }

    private static final class Prepared<T> {
        private final long askedNs;
        private final long acknowledged;
        private final CompletableFuture<T> answer;
        private final Writer<T> writer;
        private volatile long tookNs;
        private byte @Nullable [] json;

        Prepared(long askedNs, long acknowledged, CompletableFuture<T> answer, Writer<T> writer) {
            this.askedNs = askedNs;
            this.acknowledged = acknowledged;
            this.answer = answer;
            this.writer = writer;
        }

        byte[] json(long timeoutMs) {
            T value = Answers.await(answer, timeoutMs);
            synchronized (this) {
                if (json == null) {
                    json = Json.bytes(generator -> writer.write(generator, value));
                }
                return json;
            }
        }
    }
}
