package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Fields.Field;
import io.tocsin.app.yaml.Names;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.BuiltInEvents;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.ClockDefinition.Reopen;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the clocks a file changes or adds. */
final class ClockReader {
    private static final List<String> KEYS =
            List.of("start", "stop", "pause", "resume", "restart", "cancel", "repeat", "reopen", "unless_running");
    private static final List<String> TRIGGER_KEYS = List.of("type", "when");
    private static final List<String> REOPENS = List.of("continue", "restart", "ignore");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");
    private static final String EXPECTED_TRIGGER = "an event type such as responded, or {type: …, when: …}";

    private final Set<String> names;

    private ClockReader(Set<String> names) {
        this.names = names;
    }

    /** The clocks of a file that says nothing about clocks. */
    static Definitions<ClockDefinition> builtIn() {
        Definitions<ClockDefinition> clocks = new Definitions<>("clock");
        BuiltInClocks.all().forEach(clock -> clocks.builtIn(clock.name(), clock));
        return clocks;
    }

    /** The built-in clocks as the file changes them, then the file's own in its order. */
    static Definitions<ClockDefinition> readAll(Value value) {
        Definitions<ClockDefinition> clocks = builtIn();
        Map<String, ClockDefinition> builtIn = new HashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (ClockDefinition clock : clocks.all()) {
            builtIn.put(clock.name(), clock);
            names.add(clock.name());
        }
        value.fields("a map of clocks by name").ifPresent(fields -> {
            names.addAll(fields.names());
            ClockReader reader = new ClockReader(names);
            for (Field field : fields.all()) {
                clocks.define(field.name(), field.key(), reader.read(field, builtIn.get(field.name())));
            }
        });
        return clocks;
    }

    private ClockDefinition read(Field field, @Nullable ClockDefinition builtIn) {
        boolean isNew = builtIn == null;
        ClockDefinition base = builtIn == null ? idle(field.name()) : builtIn;
        if (isNew && !NAME.matcher(field.name()).matches()) {
            field.key()
                    .error("the clock's name " + Names.quote(field.name())
                            + " is not possible, expected a small letter, then up to 63 small letters, digits and _");
        }
        Optional<Fields> fields = field.value().fields("a map such as {start: [opened], stop: [resolved]}", KEYS);
        if (fields.isEmpty()) {
            return base;
        }
        if (isNew) {
            fields.get().require("start", "the event types that start the clock, such as [opened]");
        }
        ClockDefinition clock = changed(base, fields.get());
        if (clock.stop().isEmpty() && clock.cancel().isEmpty()) {
            field.key().warning("no event stops or cancels this clock: its tickets stay in memory for ever");
        }
        return clock;
    }

    private static ClockDefinition idle(String name) {
        List<Trigger> never = List.of();
        return new ClockDefinition(name, never, never, never, never, never, never, false, Reopen.IGNORE, List.of());
    }

    private ClockDefinition changed(ClockDefinition base, Fields fields) {
        return new ClockDefinition(
                base.name(),
                fields.get("start").map(ClockReader::startTriggers).orElse(base.start()),
                fields.get("stop").map(ClockReader::triggers).orElse(base.stop()),
                fields.get("pause").map(ClockReader::triggers).orElse(base.pause()),
                fields.get("resume").map(ClockReader::triggers).orElse(base.resume()),
                fields.get("restart").map(ClockReader::triggers).orElse(base.restart()),
                fields.get("cancel").map(ClockReader::triggers).orElse(base.cancel()),
                fields.get("repeat").flatMap(Scalars::truth).orElse(base.repeat()),
                fields.get("reopen").flatMap(ClockReader::reopen).orElse(base.reopen()),
                fields.get("unless_running")
                        .map(value -> unlessRunning(base.name(), value))
                        .orElse(base.unlessRunning()));
    }

    private static List<Trigger> startTriggers(Value value) {
        if (value.isList()) {
            value.someItems("at least one event type: a clock that nothing starts never runs");
        }
        return triggers(value);
    }

    private static List<Trigger> triggers(Value value) {
        List<Trigger> triggers = new ArrayList<>();
        for (Value item : value.items("a list of event types such as [responded, resolved]")) {
            trigger(item).ifPresent(triggers::add);
        }
        return triggers;
    }

    private static Optional<Trigger> trigger(Value item) {
        if (!item.isMap()) {
            return type(item).map(Trigger::on);
        }
        return item.fields(EXPECTED_TRIGGER, TRIGGER_KEYS).flatMap(fields -> {
            List<Condition> when =
                    fields.get("when").map(ConditionReader::readAll).orElse(List.of());
            return fields.require("type", "an event type such as responded")
                    .flatMap(ClockReader::type)
                    .map(type -> new Trigger(type, when));
        });
    }

    private static Optional<String> type(Value value) {
        Optional<String> type = value.text(EXPECTED_TRIGGER);
        if (type.isEmpty()) {
            return type;
        }
        if (!TYPE.matcher(type.get()).matches()) {
            value.error("the event type " + value.described() + " is not possible, expected a small letter, then up to"
                    + " 63 small letters, digits, and _ . -");
            return Optional.empty();
        }
        if (!BuiltInEvents.TYPES.contains(type.get())) {
            Names.nearest(type.get(), BuiltInEvents.TYPES)
                    .ifPresent(near -> value.warning("the event type " + value.described()
                            + " is not built in, did you mean " + Names.quote(near) + "?"));
        }
        return type;
    }

    private static Optional<Reopen> reopen(Value value) {
        Optional<String> text = value.text("one of " + String.join(", ", REOPENS));
        if (text.isPresent() && !REOPENS.contains(text.get())) {
            value.unknown("value", text.get(), REOPENS);
            return Optional.empty();
        }
        return text.map(name -> Reopen.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private List<String> unlessRunning(String self, Value value) {
        List<String> clocks = new ArrayList<>();
        for (Value item : value.items("a list of clocks such as [first_response]")) {
            item.text("the name of a clock").ifPresent(name -> {
                if (!names.contains(name)) {
                    item.unknown("clock", name, names);
                } else if (name.equals(self)) {
                    item.error("a clock does not start anew while it runs anyway; name another clock");
                }
                clocks.add(name);
            });
        }
        return clocks;
    }
}
