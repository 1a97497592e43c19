package io.tocsin.http.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats that metrics are given in. When a series began is not told ({@code _created}): nobody asks for it. */
public enum MetricsFormat {
    /** Prometheus text 0.0.4, for whoever asks for nothing else. */
    PROMETHEUS(
            "text/plain",
            PrometheusTextFormatWriter.builder()
                    .setIncludeCreatedTimestamps(false)
                    .build()),
    /** OpenMetrics 1.0. */
    OPEN_METRICS(
            "application/openmetrics-text",
            OpenMetricsTextFormatWriter.builder()
                    .setCreatedTimestampsEnabled(false)
                    .build());

    private static final int FIRST_LENGTH = 16 * 1024;

    private final String mediaType;
    private final ExpositionFormatWriter writer;

    MetricsFormat(String mediaType, ExpositionFormatWriter writer) {
        this.mediaType = mediaType;
        this.writer = writer;
    }

    /** The one that an {@code Accept} header prefers; of two that it likes as much, OpenMetrics. */
    public static MetricsFormat of(@Nullable String accept) {
        double openMetrics = OPEN_METRICS.quality(accept);
        return openMetrics > 0 && openMetrics >= PROMETHEUS.quality(accept) ? OPEN_METRICS : PROMETHEUS;
    }

    /** The content type to answer with. */
    public String contentType() {
        return writer.getContentType();
    }

    byte[] write(MetricSnapshots families) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(FIRST_LENGTH);
        writer.write(out, families, EscapingScheme.UNDERSCORE_ESCAPING);
        return out.toByteArray();
    }

    /** How much it is wanted by name: 0 to 1, 0 when it is not named. */
    private double quality(@Nullable String accept) {
        double best = 0;
        for (String range :
                accept == null ? new String[0] : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.split(";");
            if (parts[0].strip().equals(mediaType)) {
                best = Math.max(best, quality(parts));
            }
        }
        return best;
    }

    private static double quality(String[] parts) {
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
