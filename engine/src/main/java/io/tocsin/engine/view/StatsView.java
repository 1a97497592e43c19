package io.tocsin.engine.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures by group.
 *
 * @param asOfNs the engine time they hold for
 * @param window the window they cover, such as {@code all}
 * @param groups in the order of their keys; one with an empty key when nothing was asked to be told apart
 */
public record StatsView(long asOfNs, String window, List<Group> groups) {
    /**
     * One group.
     *
     * @param key attribute name to value; null for tickets without the attribute
     * @param tickets how tickets flowed
     * @param clocks by clock name, in the clocks' order
     */
    public record Group(Map<String, @Nullable Object> key, TicketFigures tickets, Map<String, ClockFigures> clocks) {}
}
