package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.http.metrics.Metrics;
import io.tocsin.http.metrics.MetricsFormat;
import io.tocsin.http.metrics.ServerState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code GET /metrics}: how the server fares, in the format that the scraper likes best. */
final class MetricsResource {
    private final Metrics metrics = new Metrics();
    private final EngineReads reads;
    private final PreparedAnswers prepared;
    private final Supplier<Readiness> readiness;
    private final Rejections rejections;
    private final AlertStreams streams;

    MetricsResource(
            EngineReads reads,
            PreparedAnswers prepared,
            Supplier<Readiness> readiness,
            Rejections rejections,
            AlertStreams streams) {
        this.reads = reads;
        this.prepared = prepared;
        this.readiness = readiness;
        this.rejections = rejections;
        this.streams = streams;
    }

    void get(Context ctx) {
        MetricsFormat format = MetricsFormat.of(ctx.header("Accept"));
        byte[] body =
                prepared.bytes(Answers.client(ctx), format, this::ask, engine -> metrics.write(state(engine), format));
        ctx.contentType(format.contentType())
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept")
                .result(body);
    }

    /** While the core cannot be asked, there is still something to tell. */
    private CompletableFuture<Optional<EngineGauges>> ask() {
        return readiness.get() == Readiness.READY
                ? reads.gauges().thenApply(Optional::of)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    private ServerState state(Optional<EngineGauges> engine) {
        return new ServerState(
                readiness.get() == Readiness.READY,
                engine,
                reads.pipelineGauges(),
                reads.latencyBuckets(),
                rejections.invalid(),
                rejections.full(),
                streams.count());
    }
}
