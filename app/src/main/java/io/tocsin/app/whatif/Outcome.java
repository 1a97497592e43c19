package io.tocsin.app.whatif;

import io.tocsin.engine.view.ClockView;

/** How a cycle counts in the figures. */
enum Outcome {
    /** Stopped in time. */
    MET("met"),
    /** Missed its target, whatever its state. */
    BREACHED("breached"),
    /** Runs and has not breached. */
    RUNNING("running"),
    /** Is paused and has not breached. */
    PAUSED("paused"),
    /** Ended without a result, not breached. */
    CANCELLED("cancelled");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** The name on the wire. */
    String text() {
        return text;
    }

    static Outcome of(ClockView clock) {
        if (clock.breached()) {
            return BREACHED;
        }
        return switch (clock.state()) {
            case "stopped" -> MET;
            case "running" -> RUNNING;
            case "paused" -> PAUSED;
            case "cancelled" -> CANCELLED;
            default -> throw new IllegalStateException("unknown state of a clock: " + clock.state());
        };
    }
}
