package io.tocsin.engine.view;

import java.util.List;
import java.util.Map;

/**
 * How it was in each period of the last hours. Every fact counts by its own instant, so that what is learned late changes
 * the period in which it happened. The last period is the one that is going on; the first is the earliest one asked for
 * in which there was anything.
 *
 * @param asOfNs the engine time it holds for
 * @param periodNs how long a period is
 * @param firstNs where the first period begins: a whole multiple of its length
 * @param open tickets open or pending at the end of each period, at {@code asOfNs} in the last one
 * @param clocks by clock name, in the clocks' order
 */
public record TrendView(long asOfNs, long periodNs, long firstNs, List<Long> open, Map<String, Decided> clocks) {
    /**
     * What became of one clock in each period.
     *
     * @param met stopped in time
     * @param breached missed their target
     */
    public record Decided(List<Long> met, List<Long> breached) {}
}
