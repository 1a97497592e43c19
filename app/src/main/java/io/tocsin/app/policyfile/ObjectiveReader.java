package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Names;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.policy.Objective.Metric;
import io.tocsin.engine.view.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what figures must come to. */
final class ObjectiveReader {
    private static final List<String> KEYS = List.of(
            "name",
            "metric",
            "clock",
            "by",
            "window",
            "below",
            "clear_above",
            "above",
            "clear_below",
            "min_count",
            "to");
    private static final List<String> WINDOWS = Stream.of(Window.values())
            .filter(Window::isRolling)
            .map(Window::text)
            .toList();
    private static final Pattern SHARE = Pattern.compile("\\d{1,3}(\\.\\d{1,4})?%");
    private static final Pattern SCORE = Pattern.compile("-?\\d{1,3}(\\.\\d{1,4})?");
    private static final int MAX_OBJECTIVES = 100;
    private static final int MAX_NAMES = 8;
    private static final int MAX_COUNT = 1_000_000;
    private static final int HUNDRED = 100;
    private static final double SECOND_NS = 1e9;

    private final Definitions<ClockDefinition> clocks;
    private final Set<String> names = new HashSet<>();

    /** A bound and how it is written. */
    private record Bound(double value, String text) {}

    ObjectiveReader(Definitions<ClockDefinition> clocks) {
        this.clocks = clocks;
    }

    List<Objective> readAll(Value value) {
        List<Objective> objectives = new ArrayList<>();
        for (Value item : value.items("a list of objectives", MAX_OBJECTIVES)) {
            item.fields("a map such as {name: …, metric: attainment, clock: resolution, below: 90%}", KEYS)
                    .flatMap(fields -> read(item, fields))
                    .ifPresent(objectives::add);
        }
        return objectives;
    }

    private Optional<Objective> read(Value item, Fields fields) {
        Optional<String> name = name(fields);
        Optional<Metric> metric = metric(fields);
        Optional<String> clock = clock(fields, metric);
        List<String> by = by(fields);
        Optional<Window> window = window(fields);
        List<String> to = to(fields);
        int minCount = fields.get("min_count")
                .map(value -> Scalars.number(value, 1, MAX_COUNT).orElse(1))
                .orElse(1);
        boolean below = fields.get("below").isPresent();
        if (below == fields.get("above").isPresent()) {
            item.error("expected one of below and above: the bound that the figure must not cross");
            return Optional.empty();
        }
        Optional<Bound> bound = metric.flatMap(each -> bound(fields, below ? "below" : "above", each));
        Optional<Bound> clear = metric.flatMap(each -> clear(fields, below, each, bound));
        if (name.isEmpty() || metric.isEmpty() || window.isEmpty() || bound.isEmpty() || clear.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Objective(
                name.get(),
                metric.get(),
                orNull(clock),
                by,
                window.get(),
                below,
                bound.get().value,
                bound.get().text,
                clear.get().value,
                clear.get().text,
                minCount,
                to));
    }

    private static @Nullable String orNull(Optional<String> text) {
        return text.isPresent() ? text.get() : null;
    }

    private Optional<String> name(Fields fields) {
        Optional<Value> value = fields.require("name", "a name that alerts will carry");
        Optional<String> name = value.flatMap(each -> Scalars.name(each, "a name"));
        if (name.isPresent() && !names.add(name.get())) {
            value.orElseThrow()
                    .error("the objective " + Names.quote(name.get()) + " is there already; name it otherwise");
        }
        return name;
    }

    private static Optional<Metric> metric(Fields fields) {
        Optional<Value> value = fields.require("metric", "one of " + String.join(", ", Metric.texts()));
        Optional<String> text = value.flatMap(each -> each.text("the name of a figure such as attainment"));
        Optional<Metric> metric = text.flatMap(Metric::of);
        if (text.isPresent() && metric.isEmpty()) {
            value.orElseThrow().unknown("metric", text.get(), Metric.texts());
        }
        return metric;
    }

    private Optional<String> clock(Fields fields, Optional<Metric> metric) {
        Optional<Value> value = fields.get("clock");
        if (metric.isPresent() && metric.get().isOfClock()) {
            value = fields.require("clock", "the clock that the figure is of");
        } else if (metric.isPresent() && value.isPresent()) {
            value.get().error(metric.get().text() + " is of no single clock; leave clock out");
            return Optional.empty();
        }
        return value.flatMap(each -> each.text("the name of a clock").flatMap(name -> clocks.find(name, each)))
                .map(ClockDefinition::name);
    }

    private static List<String> by(Fields fields) {
        List<String> by = new ArrayList<>();
        fields.get("by").ifPresent(value -> {
            for (Value item : value.items("a list of attributes such as [team]", MAX_NAMES)) {
                Optional<String> name = Scalars.name(item, "the name of an attribute");
                if (name.isPresent() && by.contains(name.get())) {
                    item.error(item.described() + " is there already");
                } else {
                    name.ifPresent(by::add);
                }
            }
        });
        return by;
    }

    private static Optional<Window> window(Fields fields) {
        Optional<Value> value = fields.get("window");
        if (value.isEmpty()) {
            return Optional.of(Window.LAST_HOUR);
        }
        Optional<String> text = value.get().text("one of " + String.join(", ", WINDOWS));
        Optional<Window> window = text.flatMap(Window::of).filter(Window::isRolling);
        if (text.isPresent() && window.isEmpty()) {
            value.get().unknown("window", text.get(), WINDOWS);
        }
        return window;
    }

    private static List<String> to(Fields fields) {
        return fields.get("to").map(EscalationReader::recipients).orElse(List.of());
    }

    private static Optional<Bound> clear(Fields fields, boolean below, Metric metric, Optional<Bound> bound) {
        String other = below ? "clear_below" : "clear_above";
        fields.get(other)
                .ifPresent(value -> value.error(
                        below
                                ? "a figure that must not fall below a bound is well again above: use clear_above"
                                : "a figure that must not rise above a bound is well again below: use clear_below"));
        String key = below ? "clear_above" : "clear_below";
        Optional<Value> value = fields.get(key);
        if (value.isEmpty()) {
            return bound;
        }
        Optional<Bound> clear = bound(fields, key, metric);
        if (clear.isPresent() && bound.isPresent()) {
            double margin = clear.get().value - bound.get().value;
            if (below ? margin < 0 : margin > 0) {
                value.get()
                        .error("is " + value.get().described() + ", which lies beyond the bound "
                                + Names.quote(bound.get().text) + ": the figure would be well and not well at once");
                return Optional.empty();
            }
        }
        return clear;
    }

    private static Optional<Bound> bound(Fields fields, String key, Metric metric) {
        Value value = Objects.requireNonNull(fields.get(key).orElse(null));
        return switch (metric.unit()) {
            case SHARE ->
                number(value, SHARE, "a share from 0% to 100% such as 90%", 0)
                        .map(percent -> new Bound(percent.movePointLeft(2).doubleValue(), text(value)));
            case SCORE ->
                number(value, SCORE, "a number from -100 to 100 such as 50", -HUNDRED)
                        .map(score -> new Bound(score.doubleValue(), text(value)));
            case TIME ->
                value.text("a duration such as 8m").flatMap(text -> {
                    var durationNs = Scalars.positiveDurationNs(value);
                    return durationNs.isPresent()
                            ? Optional.of(new Bound(durationNs.getAsLong() / SECOND_NS, text))
                            : Optional.empty();
                });
        };
    }

    private static Optional<BigDecimal> number(Value value, Pattern pattern, String expected, int least) {
        Optional<String> text = value.text(expected);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (pattern.matcher(text.get()).matches()) {
            BigDecimal number = new BigDecimal(text.get().replace("%", ""));
            if (number.compareTo(BigDecimal.valueOf(least)) >= 0
                    && number.compareTo(BigDecimal.valueOf(HUNDRED)) <= 0) {
                return Optional.of(number);
            }
        }
        value.error("is " + value.described() + ", expected " + expected);
        return Optional.empty();
    }

    private static String text(Value value) {
        return value.text("").orElse("");
    }
}
