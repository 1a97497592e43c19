package io.tocsin.engine.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures by group.
 *
 * @param asOfNs the engine time they hold for
 * @param window the window they cover, such as {@code all} or {@code 15m}; {@code between} for one of two instants
 * @param fromNs the first instant of the window, or {@link ClockView#NONE} for one without a beginning
 * @param toNs the last instant of the window; open, running, paused and waiting are of {@code asOfNs} in every window
 * @param groups in the order of their keys; one with an empty key when nothing was asked to be told apart
 */
public record StatsView(long asOfNs, String window, long fromNs, long toNs, List<Group> groups) {
    /**
     * One group.
     *
     * @param key attribute name to value; null for tickets without the attribute
     * @param tickets how tickets flowed
     * @param clocks by clock name, in the clocks' order
     * @param service the figures that service departments judge themselves by
     */
    public record Group(
            Map<String, @Nullable Object> key,
            TicketFigures tickets,
            Map<String, ClockFigures> clocks,
            ServiceFigures service) {}
}
