package io.tocsin.http.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what there is to know of the server, its JVM and its process. Any thread. Of the library's metrics of a JVM those of
 * threads are left out: they look for deadlocks and states at a safepoint, at which the core stands still too.
 */
public final class Metrics {
    private final PrometheusRegistry jvm = new PrometheusRegistry();
    private final String version;

    /** Metrics of this process. */
    public Metrics() {
        JvmGarbageCollectorMetrics.builder().register(jvm);
        JvmMemoryMetrics.builder().register(jvm);
        JvmRuntimeInfoMetric.builder().register(jvm);
        ProcessMetrics.builder().register(jvm);
        String packaged = Metrics.class.getPackage().getImplementationVersion();
        version = packaged == null ? "not packaged" : packaged;
    }

    /** All of it, in a format. */
    public byte[] write(ServerState state, MetricsFormat format) throws IOException {
        List<MetricSnapshot> families = new ArrayList<>(new ServerFamilies(state).all(version));
        jvm.scrape().forEach(families::add);
        return format.write(new MetricSnapshots(families));
    }
}
