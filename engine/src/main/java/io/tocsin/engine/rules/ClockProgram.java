package io.tocsin.engine.rules;

import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Trigger;
import io.tocsin.engine.ticket.Attributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The followed clocks' definitions as a table: for an event type and a clock, the {@link Action}s to take. Triggers with
 * conditions stand beside it. Immutable; looking up allocates nothing.
 */
final class ClockProgram {
    private static final Conditional[] NO_CONDITIONALS = {};

    private final int clockCount;
    private final List<int[]> actionsByType = new ArrayList<>();
    private final List<Conditional[]> conditionalsByType = new ArrayList<>();

    private record Conditional(int clock, int action, CompiledMatch when) {}

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
                case CONTINUE -> row(EventTypes.REOPENED)[number] |= Action.CONTINUE;
                case RESTART -> row(EventTypes.REOPENED)[number] |= Action.BEGIN_AGAIN;
                case IGNORE -> {}
            }
        }
    }

    /** Whether an event of this type can move any clock. */
    boolean moves(int type) {
        return type >= 0
                && type < actionsByType.size()
                && (actionsByType.get(type) != null || conditionalsByType.get(type).length > 0);
    }

    int actions(int type, int clock, Attributes attributes, int ref) {
        int[] row = actionsByType.get(type);
        int actions = row == null ? 0 : row[clock];
        for (Conditional conditional : conditionalsByType.get(type)) {
            if (conditional.clock == clock && conditional.when.matches(attributes, ref)) {
                actions |= conditional.action;
            }
        }
        return actions;
    }

    private void add(int clock, int action, List<Trigger> triggers, Registry registry, Attributes attributes) {
        for (Trigger trigger : triggers) {
            int type = registry.eventTypes().number(trigger.type());
            if (trigger.when().isEmpty()) {
                row(type)[clock] |= action;
            } else {
                addConditional(type, new Conditional(clock, action, new CompiledMatch(trigger.when(), attributes)));
            }
        }
    }

    private int[] row(int type) {
        makeRoom(type);
        if (actionsByType.get(type) == null) {
            actionsByType.set(type, new int[clockCount]);
        }
        return actionsByType.get(type);
    }

    private void addConditional(int type, Conditional conditional) {
        makeRoom(type);
        Conditional[] old = conditionalsByType.get(type);
        Conditional[] grown = Arrays.copyOf(old, old.length + 1);
        grown[old.length] = conditional;
        conditionalsByType.set(type, grown);
    }

    private void makeRoom(int type) {
        while (actionsByType.size() <= type) {
            actionsByType.add(null);
            conditionalsByType.add(NO_CONDITIONALS);
        }
    }
}
