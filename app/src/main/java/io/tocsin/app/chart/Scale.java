package io.tocsin.app.chart;

/** How an axis spaces its numbers. */
public enum Scale {
    /** Equal distances are equal differences. */
    LINEAR,

    /** Equal distances are equal ratios; every number is above 0. */
    LOG,

    /**
     * Percentiles from 0 to below 100, with as much room between 90 and 99 as between 99 and 99.9, so that the rare and slow
     * show. For the horizontal axis of a {@link LineChart}.
     */
    PERCENTILE
}
