package io.tocsin.http.metrics;

import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.LatencyBuckets;
import io.tocsin.engine.view.PipelineGauges;
import java.util.Optional;

/**
 * Everything that metrics are made of.
 *
 * @param isReady whether events are taken
 * @param engine what the core said; empty while it cannot be asked, as during a recovery
 * @param pipeline how things stand around the core
 * @param latency how long things took
 * @param invalidEvents events refused since the start because they were not valid
 * @param refusedEvents events refused since the start because the engine was full
 * @param alertStreams alert streams that are open
 */
public record ServerState(
        boolean isReady,
        Optional<EngineGauges> engine,
        PipelineGauges pipeline,
        LatencyBuckets latency,
        long invalidEvents,
        long refusedEvents,
        int alertStreams) {}
