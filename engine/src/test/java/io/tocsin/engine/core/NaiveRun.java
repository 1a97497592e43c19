package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.TicketView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Tells the engine and its twin the same, step by step, and finds the first thing they say differently. */
final class NaiveRun {
    private static final List<List<String>> GROUPINGS =
            List.of(List.of(), List.of(RandomPolicies.STAGE), List.of(RandomPolicies.CHANNEL, RandomPolicies.STAGE));
    /** Beyond every timer of a stream. */
    private static final long AFTERWARDS_NS = 40L * 86_400_000_000_000L;

    private final NaiveSla twin;
    private final Engine engine;
    private final NaiveFigures figures = new NaiveFigures();
    private final Stamped stamped = new Stamped();
    private final List<NaiveAlert> alerts = new ArrayList<>();
    private final Set<String> alertIds = new HashSet<>();
    private int compared;

    private NaiveRun(PolicySet policies, int rememberedIds, long startNs) {
        twin = new NaiveSla(policies, rememberedIds, figures::forget, startNs);
        engine = new Engine(new EngineConfig(rememberedIds), Scenario.NO_POLICY_RECORDS, this::onAlert);
        engine.use(policies, startNs);
    }

    /** Null when they agree to the end. */
    @Nullable
    static Failure find(PolicySet policies, int rememberedIds, long startNs, List<NaiveStep> steps) {
        NaiveRun run = new NaiveRun(policies, rememberedIds, startNs);
        int taken = 0;
        try {
            for (NaiveStep step : steps) {
                taken++;
                run.take(step);
            }
            run.finish();
            return null;
        } catch (AssertionError | RuntimeException e) {
            return new Failure(taken, e);
        }
    }

    /** What went wrong, and after how many steps. */
    record Failure(int steps, Throwable what) {}

    private void take(NaiveStep step) {
        if (step instanceof NaiveStep.Happen happen) {
            engine.apply(stamped.record(happen.event()));
            twin.apply(happen.event());
            compareAlerts();
            compareTicket(happen.event().ticket());
        } else if (step instanceof NaiveStep.Overtake overtake) {
            NaiveSla.Event event = overtake.event();
            engine.apply(stamped.slice(event.arrivalNs(), engine.firedSinceRecord() + overtake.firedBefore()));
            twin.advance(event.arrivalNs(), overtake.firedBefore());
            engine.apply(stamped.recordBehind(event));
            twin.overtake(event);
            compareAlerts();
            compareTicket(event.ticket());
        } else if (step instanceof NaiveStep.Use use) {
            engine.use(use.policies(), use.atNs());
            twin.use(use.policies(), use.atNs());
            compareAlerts();
            compareTickets();
        } else if (step instanceof NaiveStep.Advance advance) {
            engine.advance(advance.toNs());
            twin.advance(advance.toNs());
            compareAlerts();
            compareTickets();
        }
    }

    private void finish() {
        take(new NaiveStep.Advance(engine.nowNs() + AFTERWARDS_NS));
        equal("duplicates", twin.duplicates, engine.views().counters().duplicates());
        equal("orphaned", twin.orphaned, engine.views().counters().orphaned());
        equal("tickets", twin.seen, engine.views().counters().tickets());
        for (List<String> by : GROUPINGS) {
            figures.compare(by, twin.views(), engine.views().stats(by), "figures by " + by);
        }
    }

    private void compareAlerts() {
        for (; compared < Math.max(alerts.size(), twin.alerts.size()); compared++) {
            NaiveAlert expected = compared < twin.alerts.size() ? twin.alerts.get(compared) : null;
            NaiveAlert actual = compared < alerts.size() ? alerts.get(compared) : null;
            if (!Objects.equals(expected, actual)) {
                equal("alert " + (compared + 1), text(expected), text(actual));
                equal("alert " + (compared + 1), expected, actual);
            }
        }
    }

    private void compareTickets() {
        List<String> expected = twin.views().stream().map(TicketView::ticket).toList();
        equal(
                "tickets in memory",
                expected,
                engine.views().tickets().stream().map(TicketView::ticket).toList());
        expected.forEach(this::compareTicket);
    }

    private void compareTicket(String id) {
        NaiveTicket ticket = twin.find(id);
        TicketView expected = ticket == null ? null : ticket.view();
        TicketView actual = engine.views().ticket(id).orElse(null);
        if (!Objects.equals(expected, actual)) {
            equal("ticket " + id, text(expected), text(actual));
            equal("ticket " + id, expected, actual);
        }
        if (expected != null) {
            figures.see(expected);
        }
    }

    private void onAlert(DirectBuffer buffer, int offset, int length) {
        NaiveAlert alert = NaiveAlert.of(new AlertRecord().wrap(buffer, offset));
        alerts.add(alert);
        if (!alertIds.add(alert.id())) {
            throw new AssertionError("alert id " + alert.id() + " was used twice");
        }
    }

    private static void equal(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + "\n  expected " + expected + "\n  but was  " + actual);
        }
    }

    private static String text(@Nullable NaiveAlert alert) {
        return alert == null
                ? "nothing"
                : Scenario.time(alert.atNs()) + " " + alert.id() + " due " + time(alert.dueNs()) + " elapsed "
                        + alert.elapsedNs() + " level " + alert.level() + " to " + alert.to();
    }

    private static String text(@Nullable TicketView ticket) {
        if (ticket == null) {
            return "nothing";
        }
        StringBuilder text = new StringBuilder(ticket.status() + " under " + ticket.policy());
        for (ClockView clock : ticket.clocks()) {
            text.append("\n    ").append(clock.clock()).append(' ').append(clock.cycle());
            text.append(' ').append(clock.state()).append(clock.breached() ? " breached" : "");
            text.append(" started ").append(time(clock.startedNs()));
            text.append(" due ").append(time(clock.dueNs()));
            text.append(" ended ").append(time(clock.stoppedNs()));
            text.append(" elapsed ").append(clock.elapsedNs());
        }
        return text.toString();
    }

    static String time(long ns) {
        return ns == ClockView.NONE ? "never" : Scenario.time(ns);
    }
}
