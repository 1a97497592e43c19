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
 * meanwhile gets the same bytes, and those who ask while the core still thinks wait for the one answer. Any thread.
 * JSON is written by the thread of the first reader, never by the core's that completes the future. Failures are not
 * kept.
 */
final class PreparedAnswers {
    private static final int MAX_QUESTIONS = 256;

    private final Map<Object, Prepared<?>> answers = new ConcurrentHashMap<>();
    private final long lifeNs;
    private final long timeoutMs;
    private final LongSupplier nanoTime;

    PreparedAnswers(long lifeNs, long timeoutMs, LongSupplier nanoTime) {
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
                        (same, known) -> known != null && isFresh(known, nowNs)
                                ? known
                                : new Prepared<>(nowNs, askNow(ask), writer))
                .json(timeoutMs);
    }

    /** How many answers are kept. */
    int size() {
        return answers.size();
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
        boolean thinking = !known.answer.isDone() && ageNs < timeoutMs * 1_000_000;
        return thinking || (ageNs < lifeNs && !known.answer.isCompletedExceptionally());
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
        private final CompletableFuture<T> answer;
        private final Writer<T> writer;
        private byte @Nullable [] json;

        Prepared(long askedNs, CompletableFuture<T> answer, Writer<T> writer) {
            this.askedNs = askedNs;
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
