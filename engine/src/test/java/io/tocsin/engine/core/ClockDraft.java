package io.tocsin.engine.core;

import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.ClockDefinition.Reopen;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes a clock in tests the way a policy file does. */
final class ClockDraft {
    private final String name;
    private final List<Trigger> start = new ArrayList<>();
    private final List<Trigger> stop = new ArrayList<>();
    private final List<Trigger> pause = new ArrayList<>();
    private final List<Trigger> resume = new ArrayList<>();
    private final List<Trigger> restart = new ArrayList<>();
    private final List<Trigger> cancel = new ArrayList<>();
    private boolean repeat;
    private Reopen reopen = Reopen.IGNORE;
    private List<String> unlessRunning = List.of();

    private ClockDraft(String name) {
        this.name = name;
    }

    static ClockDraft clock(String name) {
        return new ClockDraft(name);
    }

    ClockDraft start(String... types) {
        return add(start, types);
    }

    ClockDraft stop(String... types) {
        return add(stop, types);
    }

    ClockDraft stopWhen(String type, Condition... when) {
        stop.add(new Trigger(type, List.of(when)));
        return this;
    }

    ClockDraft startWhen(String type, Condition... when) {
        start.add(new Trigger(type, List.of(when)));
        return this;
    }

    ClockDraft pause(String... types) {
        return add(pause, types);
    }

    ClockDraft resume(String... types) {
        return add(resume, types);
    }

    ClockDraft restart(String... types) {
        return add(restart, types);
    }

    ClockDraft cancel(String... types) {
        return add(cancel, types);
    }

    ClockDraft repeating() {
        repeat = true;
        return this;
    }

    ClockDraft reopen(Reopen what) {
        reopen = what;
        return this;
    }

    ClockDraft unlessRunning(String... clocks) {
        unlessRunning = List.of(clocks);
        return this;
    }

    ClockDefinition define() {
        return new ClockDefinition(name, start, stop, pause, resume, restart, cancel, repeat, reopen, unlessRunning);
    }

    private ClockDraft add(List<Trigger> list, String... types) {
        Stream.of(types).map(Trigger::on).forEach(list::add);
        return this;
    }
}
