package io.tocsin.engine.timeline;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CycleFacts;
import io.tocsin.engine.view.CycleFacts.Promise;
import io.tocsin.engine.view.TicketFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in words what changed between two looks at a ticket. Used once, on one thread. */
final class Effects {
    private final List<Effect> effects = new ArrayList<>();

    private Effects() {}

    /** What a record changed of a ticket, and what was announced because of it. */
    static List<Effect> between(@Nullable TicketFacts before, TicketFacts after, List<Crossing> announced) {
        Effects found = new Effects();
        found.ticket(before, after);
        for (CycleFacts cycle : after.cycles()) {
            CycleFacts earlier = before == null ? null : same(before, cycle);
            if (earlier == null) {
                found.begun(cycle);
            } else {
                found.changed(earlier, cycle);
            }
        }
        announced.forEach(found::announced);
        return found.effects;
    }

    private void ticket(@Nullable TicketFacts before, TicketFacts after) {
        String status = after.ticket().status();
        if (before == null) {
            say("ticket opened");
        } else if (!status.equals(before.ticket().status())) {
            say("status " + status + ", was " + before.ticket().status());
        }
        String policy = after.ticket().policy();
        String policyBefore = before == null ? null : before.ticket().policy();
        if (policy == null && (before == null || policyBefore != null)) {
            say("no policy matches" + (policyBefore == null ? "" : ", was " + quoted(policyBefore)));
        } else if (policy != null && !policy.equals(policyBefore)) {
            say("policy " + quoted(policy) + (policyBefore == null ? "" : ", was " + quoted(policyBefore)));
        }
    }

    private void begun(CycleFacts cycle) {
        say(withDue(name(cycle) + " started" + (cycle.promise() == null ? ", without a target" : ""), cycle));
        if (!cycle.clock().state().equals("running")) {
            state(cycle, "");
        }
    }

    private void changed(CycleFacts before, CycleFacts after) {
        boolean moved = !after.clock().state().equals(before.clock().state())
                || after.clock().stoppedNs() != before.clock().stoppedNs();
        if (moved) {
            state(after, !before.isOpen() && !after.isOpen() ? " in truth" : "");
        }
        if (!Objects.equals(before.promise(), after.promise())) {
            measuredAgain(before, after);
        } else if (!moved
                && after.isOpen()
                && after.clock().dueNs() != before.clock().dueNs()) {
            say(withDue(name(after) + " measured again", after));
        }
        if (after.acknowledged() && !before.acknowledged()) {
            say("no further escalations of " + name(after));
        }
    }

    /** @param corrected said where an end that was known has turned out to be elsewhere */
    private void state(CycleFacts cycle, String corrected) {
        ClockView clock = cycle.clock();
        String used = cycle.promise() == null ? "" : " after " + seconds(clock.elapsedNs());
        switch (clock.state()) {
            case "running" -> say(withDue(name(cycle) + " runs on", cycle));
            case "paused" -> say(name(cycle) + " paused" + used);
            case "cancelled" -> say(name(cycle) + " cancelled" + corrected + used);
            default -> say(name(cycle) + " stopped" + corrected + used + result(cycle));
        }
    }

    private static String result(CycleFacts cycle) {
        ClockView clock = cycle.clock();
        if (cycle.promise() == null) {
            return ", without a target";
        }
        if (!clock.breached()) {
            return ", met";
        }
        return clock.remainingNs() == ClockView.NONE ? ", breached" : ", breached by " + seconds(-clock.remainingNs());
    }

    private void measuredAgain(CycleFacts before, CycleFacts after) {
        Promise promise = after.promise();
        if (promise == null) {
            say(name(after) + " has no target any more");
            return;
        }
        List<Object> parts = new ArrayList<>();
        parts.add(name(after) + " measured again from its own start for " + quoted(promise.policy()));
        if (after.clock().dueNs() != ClockView.NONE) {
            parts.add(", due ");
            parts.add(after.clock().dueNs());
        }
        if (before.promise() != null && before.clock().dueNs() != ClockView.NONE) {
            parts.add(", was ");
            parts.add(before.clock().dueNs());
        }
        effects.add(new Effect(parts));
    }

    private void announced(Crossing crossing) {
        String what = crossing.kind() == AlertKind.REVOKED ? "taken back: " + crossing.revokes() : crossing.alert();
        effects.add(Effect.of(what + ", as of ", crossing.atNs()));
    }

    private static Effect withDue(String words, CycleFacts cycle) {
        return cycle.clock().dueNs() == ClockView.NONE
                ? Effect.of(words)
                : Effect.of(words + ", due ", cycle.clock().dueNs());
    }

    private void say(String words) {
        effects.add(Effect.of(words));
    }

    private void say(Effect effect) {
        effects.add(effect);
    }

    @Nullable
    private static CycleFacts same(TicketFacts facts, CycleFacts cycle) {
        for (CycleFacts other : facts.cycles()) {
            if (other.clock().cycle() == cycle.clock().cycle()
                    && other.clock().clock().equals(cycle.clock().clock())) {
                return other;
            }
        }
        return null;
    }

    private static String name(CycleFacts cycle) {
        ClockView clock = cycle.clock();
        return clock.cycle() == 1 ? clock.clock() : clock.clock() + "/" + clock.cycle();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String seconds(long durationNs) {
        return BigDecimal.valueOf(durationNs, 9).stripTrailingZeros().toPlainString() + " s";
    }
}
