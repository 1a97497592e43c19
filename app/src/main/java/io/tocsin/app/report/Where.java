package io.tocsin.app.report;

import io.tocsin.app.Failure;
import io.tocsin.engine.view.StatsView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets a report is about: those whose attributes have these values, as texts, as a policy compares them.
 *
 * @param values in the order given; none: all tickets
 */
record Where(Map<String, String> values) {
    Where {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads {@code NAME=VALUE} of the command line.
     *
     * @throws Failure of input if one is none, or an attribute comes twice
     */
    static Where of(List<String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            int end = text.indexOf('=');
            if (end < 1) {
                throw Failure.ofInput("report: --where '" + text + "' is not NAME=VALUE, such as channel=phone");
            }
            if (values.put(text.substring(0, end), text.substring(end + 1)) != null) {
                throw Failure.ofInput("report: --where gives " + text.substring(0, end)
                        + " again; give each attribute once, a report for each value");
            }
        }
        return new Where(values);
    }

    boolean matches(Map<String, ? extends @Nullable Object> attributes) {
        return values.entrySet().stream()
                .allMatch(each -> each.getValue().equals(textOf(attributes.get(each.getKey()))));
    }

    /** What to group by, so that groups can be told to be of these tickets. */
    List<String> with(List<String> by) {
        List<String> all = new ArrayList<>(by);
        values.keySet().stream().filter(name -> !by.contains(name)).forEach(all::add);
        return all;
    }

    /** The groups of these tickets. */
    List<StatsView.Group> pick(StatsView stats) {
        return stats.groups().stream().filter(group -> matches(group.key())).toList();
    }

    String text() {
        return String.join(
                ", ",
                values.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
    }

    /** An attribute's value as text; null for none. */
    static @Nullable String textOf(@Nullable Object value) {
        return value instanceof BigDecimal number
                ? number.toPlainString()
                : value == null ? null : Objects.toString(value);
    }
}
