package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineApiTest {
    private final ServerFixture server = new ServerFixture();

    @AfterEach
    void close() {
        server.timelines.release();
        server.close();
    }

    @Test
    void shouldTellWhatTheJournalSaysAsOfTheMomentOfTheQuestion() {
        HttpResponse<String> response = server.get("/v1/tickets/a%2Fb/timeline");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"ticket\":\"a/b\",\"status\":\"resolved\",\"policy\":\"gold\",\"attributes\":{\"vip\":true},"
                                + "\"as_of\":\"1970-01-01T00:00:01Z\",\"forgotten\":null,\"complete\":true,"
                                + "\"incomplete_because\":null,\"clocks\":[{\"clock\":\"resolution\",\"cycle\":1,"
                                + "\"state\":\"stopped\",\"breached\":false,\"started\":\"1970-01-01T00:00:00Z\","
                                + "\"due\":\"1970-01-01T00:00:00.000000020Z\",\"stopped\":\"1970-01-01T00:00:00.000000010Z\","
                                + "\"elapsed\":0.00000001,\"target\":0.00000002,\"remaining\":0.00000001,\"policy\":\"gold\","
                                + "\"calendar\":\"24x7\",\"timezone\":\"UTC\",\"business_days\":null,"
                                + "\"match\":[{\"attribute\":\"vip\",\"value\":true,\"any_of\":[\"true\"]}],\"stopped_by\":null,"
                                + "\"segments\":[{\"kind\":\"running\",\"from\":\"1970-01-01T00:00:00Z\","
                                + "\"to\":\"1970-01-01T00:00:00.000000010Z\",\"seconds\":0.00000001,\"counted\":0.00000001,"
                                + "\"event\":{\"kind\":\"event\",\"type\":\"opened\",\"at\":\"1970-01-01T00:00:00Z\","
                                + "\"arrived\":\"1970-01-01T00:00:00.000000001Z\",\"id\":\"e1\"}}],\"thresholds\":[],"
                                + "\"earlier_verdicts\":[]}],\"earlier_lives\":[],\"events\":[{\"kind\":\"event\","
                                + "\"type\":\"opened\",\"at\":\"1970-01-01T00:00:00Z\","
                                + "\"arrived\":\"1970-01-01T00:00:00.000000001Z\",\"id\":\"e1\",\"attributes\":{},"
                                + "\"effects\":[]}]}");
        assertThat(server.reads.questions).containsExactly("a/b");
    }

    @Test
    void shouldTellATicketWhoseNameEndsAlikeApart() {
        assertThat(server.get("/v1/tickets/a%2Ftimeline").body())
                .startsWith("{\"ticket\":\"a/timeline\",\"status\":\"open\"");
        assertThat(server.get("/v1/tickets/a/timeline").body()).contains("\"segments\"");
        assertThat(server.get("/v1/tickets/a%2Ftimeline/timeline").body())
                .startsWith("{\"ticket\":\"a/timeline\"")
                .contains("\"segments\"");
    }

    @Test
    void shouldSayWhatCannotBeTold() {
        assertThat(server.get("/v1/tickets/unknown/timeline").statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/tickets/%FF/timeline").statusCode()).isEqualTo(400);
        HttpResponse<String> damaged = server.get("/v1/tickets/damaged/timeline");
        assertThat(damaged.statusCode()).isEqualTo(500);
        assertThat(damaged.body()).contains("the server's log says why").doesNotContain("4096");
        server.reads.stop();
        assertThat(server.get("/v1/tickets/a/timeline").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldReadTwoAtATime() throws InterruptedException {
        CompletableFuture<HttpResponse<String>> first = slow();
        CompletableFuture<HttpResponse<String>> second = slow();
        server.timelines.reading.await();

        HttpResponse<String> third = server.get("/v1/tickets/a/timeline");

        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        server.timelines.release();
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(second.join().statusCode()).isEqualTo(200);
        assertThat(server.get("/v1/tickets/a/timeline").statusCode()).isEqualTo(200);
    }

    private CompletableFuture<HttpResponse<String>> slow() {
        return CompletableFuture.supplyAsync(() -> server.get("/v1/tickets/slow/timeline"));
    }
}
