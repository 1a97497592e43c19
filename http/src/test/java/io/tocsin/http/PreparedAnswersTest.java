package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.engine.pipeline.CoreAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PreparedAnswersTest {
    private static final long LIFE_NS = 250_000_000L;
    private static final long TIMEOUT_MS = 1_000;

    private final AtomicLong nowNs = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Long> pauses = new ArrayList<>();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final PreparedAnswers prepared =
            new PreparedAnswers(LIFE_NS, TIMEOUT_MS, nowNs::get, this::pause, acknowledgements);

    @Test
    void shouldAskOnceInALife() {
        assertThat(ask("x")).isEqualTo("1");
        nowNs.addAndGet(LIFE_NS - 1);
        assertThat(ask("x")).isEqualTo("1");
        nowNs.addAndGet(1);
        assertThat(ask("x")).isEqualTo("2");
    }

    @Test
    void shouldLetAClientReadWhatItWasToldOfAndOthersWhatIsKnown() {
        assertThat(ask("x")).isEqualTo("1");
        acknowledgements.add("sender");

        assertThat(ask("x")).isEqualTo("1");
        assertThat(askAs("sender", "x")).isEqualTo("2");
        assertThat(askAs("sender", "x")).isEqualTo("2");
        assertThat(ask("x")).isEqualTo("2");
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldLetTheCoreRestFiftyTimesAsLongAsAQuestionTook() {
        assertThat(askTaking(1_000_000)).isEqualTo("1");
        acknowledgements.add("sender");
        nowNs.addAndGet(10_000_000);

        assertThat(askAs("sender", "x")).isEqualTo("2");
        assertThat(pauses).containsExactly(40_000_000L);
        assertThat(nowNs.get()).isEqualTo(51_000_000);
    }

    @Test
    void shouldLetTheCoreRestByItsWorkAndNotByHowLongItWasWaitedFor() {
        CoreAnswer<Integer> answer = new CoreAnswer<>();
        answer.addWork(1_000_000);
        String first = askFor("reader", "x", () -> {
            nowNs.addAndGet(100_000_000);
            answer.complete(asked.incrementAndGet());
            return answer.thenApply(found -> found);
        });
        assertThat(first).isEqualTo("1");
        acknowledgements.add("sender");

        assertThat(askAs("sender", "x")).isEqualTo("2");
        assertThat(pauses).containsExactly(50_000_000L);
    }

    @Test
    void shouldLetACoreThatThoughtForLongRestUntilFiguresAreNearlyASecondOld() {
        assertThat(askTaking(30_000_000)).isEqualTo("1");
        acknowledgements.add("sender");
        nowNs.addAndGet(LIFE_NS);

        assertThat(ask("x")).isEqualTo("1");
        assertThat(askAs("sender", "x")).isEqualTo("2");
        assertThat(nowNs.get()).isEqualTo(730_000_000);
    }

    @Test
    void shouldLetACoreThatThoughtForVeryLongRestTenTimesAsLong() {
        assertThat(askTaking(80_000_000)).isEqualTo("1");
        acknowledgements.add("sender");

        assertThat(askAs("sender", "x")).isEqualTo("2");
        assertThat(nowNs.get()).isEqualTo(880_000_000);
    }

    @Test
    void shouldNotGiveASenderTheAnswerToAQuestionThatWasUnderWayBefore() throws Exception {
        CompletableFuture<Integer> underWay = new CompletableFuture<>();
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> askFor("other", "x", () -> underWay));
        ServerFixture.await("the question is under way", () -> prepared.size() == 1);
        acknowledgements.add("sender");
        CompletableFuture<String> sender = CompletableFuture.supplyAsync(() -> askAs("sender", "x"));

        assertThat(asked).hasValue(0);
        underWay.complete(7);

        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("7");
        assertThat(sender.get(10, TimeUnit.SECONDS)).isEqualTo("1");
    }

    @Test
    void shouldAskOnceForAllWhoWait() throws Exception {
        CompletableFuture<Integer> underWay = new CompletableFuture<>();
        List<CompletableFuture<String>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String client = "client " + i;
            readers.add(CompletableFuture.supplyAsync(() -> askFor(client, "x", () -> {
                asked.incrementAndGet();
                return underWay;
            })));
        }
        ServerFixture.await("the question is under way", () -> asked.get() == 1);
        underWay.complete(7);

        for (CompletableFuture<String> reader : readers) {
            assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo("7");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldTellQuestionsApart() {
        assertThat(ask("x")).isEqualTo("1");
        assertThat(ask("y")).isEqualTo("2");
        assertThat(ask("x")).isEqualTo("1");
    }

    @Test
    void shouldAskAgainAfterAFailure() {
        assertThatThrownBy(
                        () -> askFor("reader", "x", () -> CompletableFuture.failedFuture(new IllegalStateException())))
                .isInstanceOf(Problem.class)
                .hasMessage("the engine has stopped");
        assertThat(ask("x")).isEqualTo("1");
    }

    @Test
    void shouldWaitForTheAnswerThatIsUnderWayButNotForEver() {
        PreparedAnswers impatient = new PreparedAnswers(LIFE_NS, 20, nowNs::get, this::pause, acknowledgements);
        CompletableFuture<Integer> slow = new CompletableFuture<>();
        assertThatThrownBy(() ->
                        impatient.json("reader", "x", () -> slow, (json, answer) -> json.writeNumber((int) answer)))
                .isInstanceOf(Problem.class)
                .hasMessage("the engine has not answered within 20 ms");
    }

    @Test
    void shouldNotGrowWithoutEnd() {
        for (int i = 0; i < 10_000; i++) {
            ask("question " + i);
        }
        assertThat(prepared.size()).isLessThanOrEqualTo(256);
    }

    @Test
    void shouldNumberAcknowledgementsByClient() {
        acknowledgements.add("10.0.0.1");
        acknowledgements.add("10.0.0.2");

        assertThat(acknowledgements.newest()).isEqualTo(2);
        assertThat(acknowledgements.newestOf("10.0.0.1")).isEqualTo(1);
        assertThat(acknowledgements.newestOf("10.0.0.2")).isEqualTo(2);
        assertThat(acknowledgements.newestOf("10.0.0.3")).isZero();
    }

    private String ask(String question) {
        return askAs("reader", question);
    }

    private String askAs(String client, String question) {
        return askFor(client, question, () -> CompletableFuture.completedFuture(asked.incrementAndGet()));
    }

    /** The core answers after so long. */
    private String askTaking(long tookNs) {
        return askFor("reader", "x", () -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            var unused = CompletableFuture.runAsync(() -> {
                nowNs.addAndGet(tookNs);
                answer.complete(asked.incrementAndGet());
            });
            return answer;
        });
    }

    private String askFor(String client, String question, Supplier<CompletableFuture<Integer>> ask) {
        byte[] json = prepared.json(client, question, ask, (generator, answer) -> generator.writeNumber((int) answer));
        return new String(json, StandardCharsets.UTF_8);
    }

    private void pause(long ns) {
        pauses.add(ns);
        nowNs.addAndGet(ns);
    }
}
