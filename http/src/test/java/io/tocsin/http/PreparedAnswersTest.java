package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PreparedAnswersTest {
    private static final long LIFE_NS = 500_000_000L;

    private final AtomicLong nowNs = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong acknowledgements = new AtomicLong();
    private final PreparedAnswers prepared = new PreparedAnswers(LIFE_NS, 20, nowNs::get, acknowledgements::get);

    @Test
    void shouldAskOnceInALife() {
        assertThat(ask("x")).isEqualTo("1");
        nowNs.addAndGet(LIFE_NS - 1);
        assertThat(ask("x")).isEqualTo("1");
        nowNs.addAndGet(1);
        assertThat(ask("x")).isEqualTo("2");
    }

    @Test
    void shouldAskAgainOnceEventsWereAcknowledged() {
        assertThat(ask("x")).isEqualTo("1");
        acknowledgements.incrementAndGet();
        assertThat(ask("x")).isEqualTo("2");
        assertThat(ask("x")).isEqualTo("2");
    }

    @Test
    void shouldLetACoreThatThoughtForLongRestTenTimesAsLong() {
        CompletableFuture<Integer> slow = new CompletableFuture<>();
        assertThatThrownBy(() -> prepared.json("x", () -> slow, (json, answer) -> json.writeNumber(answer)))
                .isInstanceOf(Problem.class);
        nowNs.addAndGet(6_000_000);
        slow.complete(7);
        acknowledgements.incrementAndGet();
        nowNs.addAndGet(53_999_999);
        assertThat(ask("x")).isEqualTo("7");
        nowNs.addAndGet(1);
        assertThat(ask("x")).isEqualTo("1");
    }

    @Test
    void shouldTellQuestionsApart() {
        assertThat(ask("x")).isEqualTo("1");
        assertThat(ask("y")).isEqualTo("2");
        assertThat(ask("x")).isEqualTo("1");
    }

    @Test
    void shouldAskAgainAfterAFailure() {
        assertThatThrownBy(() -> prepared.json(
                        "x",
                        () -> CompletableFuture.<Integer>failedFuture(new IllegalStateException()),
                        (json, answer) -> json.writeNumber(answer)))
                .isInstanceOf(Problem.class)
                .hasMessage("the engine has stopped");
        assertThat(ask("x")).isEqualTo("1");
    }

    @Test
    void shouldWaitForTheAnswerThatIsUnderWayButNotForEver() {
        CompletableFuture<Integer> slow = new CompletableFuture<>();
        assertThatThrownBy(() -> prepared.json("x", () -> slow, (json, answer) -> json.writeNumber(answer)))
                .isInstanceOf(Problem.class)
                .hasMessage("the engine has not answered within 20 ms");
        slow.complete(7);
        assertThat(ask("x")).isEqualTo("7");
        nowNs.addAndGet(LIFE_NS);
        assertThat(ask("x")).isEqualTo("1");
    }

    @Test
    void shouldNotGrowWithoutEnd() {
        for (int i = 0; i < 10_000; i++) {
            ask("question " + i);
        }
        assertThat(prepared.size()).isLessThanOrEqualTo(256);
    }

    private String ask(String question) {
        byte[] json = prepared.json(
                question,
                () -> CompletableFuture.completedFuture(asked.incrementAndGet()),
                (generator, answer) -> generator.writeNumber(answer));
        return new String(json, StandardCharsets.UTF_8);
    }
}
