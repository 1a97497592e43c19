package io.tocsin.engine.rules;

import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Trigger;
import io.tocsin.engine.ticket.Attributes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The followed clocks' definitions as a table: for an event type the clocks it may move, and for each the {@link Action}s to
 * take. Triggers with conditions stand beside it. Immutable; looking up allocates nothing.
 */
final class ClockProgram {
    private static final int[] NO_CLOCKS = {};

    private final int clockCount;
    /** By event type, null for one that moves nothing. */
    private @Nullable Row[] rows = new Row[16];

    private record Conditional(int clock, int action, CompiledMatch when) {}

    private static final class Row {
        private final int[] actions;
        private int[] clocks = NO_CLOCKS;
        private Conditional[] conditionals = {};

        Row(int clockCount) {
            actions = new int[clockCount];
        }

        void add(int clock, int action) {
            moves(clock);
            actions[clock] |= action;
        }

        void add(Conditional conditional) {
            moves(conditional.clock);
            conditionals = Arrays.copyOf(conditionals, conditionals.length + 1);
            conditionals[conditionals.length - 1] = conditional;
        }

        private void moves(int clock) {
            clocks = IntStream.concat(Arrays.stream(clocks), IntStream.of(clock))
                    .distinct()
                    .sorted()
                    .toArray();
        }
    }

    ClockProgram(List<ClockDefinition> followed, Registry registry, Attributes attributes) {
        clockCount = registry.clockCount();
        for (ClockDefinition clock : followed) {
            int number = registry.findClock(clock.name());
            add(number, Action.START, clock.start(), registry, attributes);
            add(number, Action.STOP, clock.stop(), registry, attributes);
            add(number, Action.PAUSE, clock.pause(), registry, attributes);
            add(number, Action.RESUME, clock.resume(), registry, attributes);
            add(number, Action.RESTART, clock.restart(), registry, attributes);
            add(number, Action.CANCEL, clock.cancel(), registry, attributes);
            switch (clock.reopen()) {
                case CONTINUE -> row(EventTypes.REOPENED).add(number, Action.CONTINUE);
                case RESTART -> row(EventTypes.REOPENED).add(number, Action.BEGIN_AGAIN);
                case IGNORE -> {}
            }
        }
    }

    /** The clocks that an event of this type may move, in their order; not to be changed. */
    int[] clocksMovedBy(int type) {
        Row row = find(type);
        return row == null ? NO_CLOCKS : row.clocks;
    }

    int actions(int type, int clock, Attributes attributes, int ref) {
        Row row = find(type);
        if (row == null) {
            return 0;
        }
        int actions = row.actions[clock];
        for (Conditional conditional : row.conditionals) {
            if (conditional.clock == clock && conditional.when.matches(attributes, ref)) {
                actions |= conditional.action;
            }
        }
        return actions;
    }

    private void add(int clock, int action, List<Trigger> triggers, Registry registry, Attributes attributes) {
        for (Trigger trigger : triggers) {
            Row row = row(registry.eventTypes().number(trigger.type()));
            if (trigger.when().isEmpty()) {
                row.add(clock, action);
            } else {
                row.add(new Conditional(clock, action, new CompiledMatch(trigger.when(), attributes)));
            }
        }
    }

    @Nullable
    private Row find(int type) {
        return type >= 0 && type < rows.length ? rows[type] : null;
    }

    private Row row(int type) {
        if (type >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(type + 1, rows.length * 2));
        }
        Row row = rows[type];
        if (row == null) {
            row = new Row(clockCount);
            rows[type] = row;
        }
        return row;
    }
}
