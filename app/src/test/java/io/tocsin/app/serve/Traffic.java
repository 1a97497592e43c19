package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.serve.Api.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sends events over several connections at a time, each event of a ticket of its own and with an id of its own, and notes
 * which were acknowledged. What the server did not come to answer is sent again to the next one.
 */
final class Traffic {
    private static final int BATCH = 5;
    /** A steady stream, no flood: what is at stake is the moment of the kill, and a thousand rounds must stay small. */
    private static final long PAUSE_NS = 2_000_000;

    private final AtomicInteger nextTicket = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<List<String>> unsure = new ConcurrentLinkedQueue<>();
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean stopped;

    /** Sends until the server is gone, or {@link #stop}. */
    void start(Api api, int connections) {
        stopped = false;
        for (int i = 0; i < connections; i++) {
            Thread sender = new Thread(() -> send(api), "sender-" + i);
            sender.start();
            senders.add(sender);
        }
    }

    /** Sends no more once what is on its way is answered. */
    void stop() throws InterruptedException {
        stopped = true;
        join();
    }

    /** Waits for the senders to notice that the server is gone. */
    void join() throws InterruptedException {
        for (Thread sender : senders) {
            sender.join();
        }
        senders.clear();
    }

    /** Sends again what was not answered; the number of batches. */
    int sendUnsureAgain(Api api) throws IOException, InterruptedException {
        int count = 0;
        for (List<String> batch = unsure.poll(); batch != null; batch = unsure.poll()) {
            Answer answer = post(api, batch);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            acknowledged.addAll(batch);
            count++;
        }
        return count;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    int sentCount() {
        return nextTicket.get();
    }

    /** A few of those acknowledged last, which are the most at risk, must be known. */
    void assertLastAreKept(Api api) throws IOException, InterruptedException {
        List<String> last = acknowledged.stream()
                .sorted((a, b) -> Integer.compare(number(b), number(a)))
                .limit(50)
                .toList();
        for (String ticket : last) {
            assertThat(api.get("/v1/tickets/" + ticket).status()).as(ticket).isEqualTo(200);
        }
        JsonNode counters = api.counters();
        assertThat(counters.get("tickets").asInt()).isBetween(acknowledged.size(), sentCount());
    }

    private void send(Api api) {
        boolean gone = false;
        while (!gone && !stopped) {
            int first = nextTicket.getAndAdd(BATCH);
            List<String> batch =
                    IntStream.range(first, first + BATCH).mapToObj(i -> "T" + i).toList();
            gone = !sendOnce(api, batch);
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private boolean sendOnce(Api api, List<String> batch) {
        try {
            Answer answer = post(api, batch);
            if (answer.status() == 200) {
                assertThat(answer.json().get("accepted").asInt()).isEqualTo(BATCH);
                acknowledged.addAll(batch);
                return true;
            }
            // 503 while the server stops.
            unsure.add(batch);
        } catch (IOException e) {
            // The server is gone, before or after it kept the batch.
            unsure.add(batch);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a sender", e);
        }
        return false;
    }

    private static Answer post(Api api, List<String> batch) throws IOException, InterruptedException {
        return api.post(
                Api.NDJSON,
                batch.stream()
                        .map(ticket -> "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\",\"id\":\"e\"}")
                        .collect(Collectors.joining("\n")));
    }

    private static int number(String ticket) {
        return Integer.parseInt(ticket.substring(1));
    }
}
