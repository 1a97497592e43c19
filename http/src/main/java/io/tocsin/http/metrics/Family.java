package io.tocsin.http.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import io.tocsin.engine.view.LatencyBuckets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One family while it is put together: a name, what it says, and values by labels. A name of a counter is without the
 * {@code _total} that the formats end it with, a name with a unit ends with that. Belongs to one thread.
 */
final class Family {
    private static final double NS_PER_SECOND = 1e9;

    private final String name;
    private final String help;
    private final @Nullable Unit unit;
    private final List<Labels> labels = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    private Family(String name, String help, @Nullable Unit unit) {
        this.name = name;
        this.help = help;
        this.unit = unit;
    }

    static Family of(String name, String help) {
        return new Family(name, help, null);
    }

    /** In seconds, though values are given in nanoseconds by {@link #ns}. */
    static Family ofSeconds(String name, String help) {
        return new Family(name, help, Unit.SECONDS);
    }

    /** Between 0 and 1. */
    static Family ofRatio(String name, String help) {
        return new Family(name, help, Unit.RATIO);
    }

    /** A value, with names and values of labels by turns. */
    Family value(double value, String... namesAndValues) {
        labels.add(Labels.of(namesAndValues));
        values.add(value);
        return this;
    }

    Family ns(long ns) {
        return value(ns / NS_PER_SECOND);
    }

    MetricSnapshot gauge() {
        GaugeSnapshot.Builder family =
                GaugeSnapshot.builder().name(name).help(help).unit(unit);
        for (int i = 0; i < values.size(); i++) {
            family.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels.get(i))
                    .value(values.get(i))
                    .build());
        }
        return family.build();
    }

    MetricSnapshot counter() {
        CounterSnapshot.Builder family =
                CounterSnapshot.builder().name(name).help(help).unit(unit);
        for (int i = 0; i < values.size(); i++) {
            family.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(labels.get(i))
                    .value(values.get(i))
                    .build());
        }
        return family.build();
    }

    MetricSnapshot histogram(LatencyBuckets.Buckets buckets) {
        int last = LatencyBuckets.BOUNDS_NS.size();
        ClassicHistogramBuckets.Builder counted = ClassicHistogramBuckets.builder();
        for (int i = 0; i < last; i++) {
            counted.bucket(
                    LatencyBuckets.BOUNDS_NS.get(i) / NS_PER_SECOND,
                    buckets.counts().get(i));
        }
        counted.bucket(Double.POSITIVE_INFINITY, buckets.counts().get(last));
        HistogramDataPointSnapshot.Builder point = HistogramDataPointSnapshot.builder();
        point.classicHistogramBuckets(counted.build());
        point.sum(buckets.sumNs() / NS_PER_SECOND);
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .unit(unit)
                .dataPoint(point.build())
                .build();
    }
}
