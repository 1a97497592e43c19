package io.tocsin.engine.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many clocks come due if nothing happens to them: those that run, have not breached and have a due instant.
 *
 * @param asOfNs the engine time it holds for
 * @param withinNs how far ahead was looked, in the order asked for
 * @param groups in the order of their keys; groups in which nothing comes due are left out
 */
public record ForecastView(long asOfNs, List<Long> withinNs, List<Group> groups) {
    /**
     * One group.
     *
     * @param key attribute name to value; null for tickets without the attribute
     * @param clocks by clock name, in the clocks' order: how many come due within each of the times asked for
     */
    public record Group(Map<String, @Nullable Object> key, Map<String, List<Long>> clocks) {}
}
