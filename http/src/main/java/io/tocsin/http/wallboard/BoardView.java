package io.tocsin.http.wallboard;

import io.tocsin.engine.view.StatsView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a board shows. Boards of equal views share everything.
 *
 * @param where only tickets whose attributes have these values, by name; a value is the text of a string, number or boolean
 * @param by the attribute by which the figures are also told apart, or null
 * @param window the window of the figures, one of {@link StatsQuestion#WINDOWS}
 * @param trendHours how far back the trend goes, 1 to 24
 */
public record BoardView(
        SortedMap<String, String> where, @Nullable String by, String window, int trendHours) {
    /** Copies the map. */
    public BoardView {
        where = Collections.unmodifiableSortedMap(new TreeMap<>(where));
    }

    /** Asks for the figures of all its tickets. */
    StatsQuestion total() {
        return new StatsQuestion(List.copyOf(where.keySet()), window);
    }

    /** Asks for the figures told apart, or null when they are not to be. */
    @Nullable
    StatsQuestion breakdown() {
        if (by == null || where.containsKey(by)) {
            return null;
        }
        List<String> names = new ArrayList<>(where.keySet());
        names.add(by);
        return new StatsQuestion(names, window);
    }

    /** The groups of an answer that hold its tickets. */
    List<StatsView.Group> groupsOf(StatsView stats) {
        return stats.groups().stream().filter(group -> holds(group.key())).toList();
    }

    /** Whether the tickets of a group are its tickets. */
    boolean holds(Map<String, @Nullable Object> key) {
        return where.entrySet().stream().allMatch(wanted -> wanted.getValue().equals(text(key.get(wanted.getKey()))));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value == null ? null : value.toString();
    }
}
