package io.tocsin.app.report;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.replay.Source;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An engine that events of the past went through, and what a report asks it. All figures are the engine's, so that a report
 * says what the wallboard said. One thread.
 */
final class PastRun {
    private static final String CANCELLED = "cancelled";

    private final Engine engine;
    private final Where where;
    private final FigureSettings settings;
    private final Period period;
    private final TicketAttributes attributes = new TicketAttributes();
    private final List<PastTicket> tickets = new ArrayList<>();

    private PastRun(Source source, Where where, FigureSettings settings, Period period) {
        this.where = where;
        this.settings = settings;
        this.period = period;
        engine = new Engine(source.engineConfig(), new PolicyFile(), (buffer, offset, length) -> {});
        engine.onForget(this::collect);
    }

    /**
     * Runs everything through an engine that had arrived by an instant, and moves its time on to the end of the period or to
     * that instant, whichever comes first.
     *
     * @param policies another policy than the source's own, or null
     * @param settings the settings of figures that are in force at the end
     * @throws IOException if the source cannot be read
     */
    static PastRun of(
            Source source,
            @Nullable PolicySet policies,
            FigureSettings settings,
            Period period,
            Where where,
            long asOfNs)
            throws IOException {
        PastRun run = new PastRun(source, where, settings, period);
        if (policies != null) {
            run.engine.use(policies, 0);
        }
        source.forEach(record -> {
            if (record.arrivalNs() <= asOfNs) {
                run.engine.apply(record);
            }
        });
        long endNs = Math.min(asOfNs, period.untilNs());
        run.engine.advance(Math.max(endNs, run.engine.nowNs())); // Also what the last events overtook.
        for (int slot : run.views().ticketsInOrder()) {
            run.collect(slot);
        }
        return run;
    }

    /** The figures of a period; empty when there are no tickets that were asked for. */
    Optional<StatsView.Group> figures(Period of) {
        return groups(List.of(), of).stream().findFirst();
    }

    /** The figures of a period by attributes, in the order of their values. */
    List<StatsView.Group> groups(List<String> by, Period of) {
        StatsView stats = views().figures(where.with(by), of.fromNs(), of.untilNs());
        return where.pick(stats);
    }

    /** A key figure of a group. */
    Fraction fraction(KeyFigure figure, StatsView.Group group) {
        return figure.of(group, settings);
    }

    /** A key figure of a period. */
    Fraction fraction(KeyFigure figure, Period of) {
        return figures(of).map(group -> fraction(figure, group)).orElse(Fraction.NOTHING);
    }

    /** The tickets that were opened in the period, but for cancelled ones. */
    List<PastTicket> tickets() {
        return tickets;
    }

    /** Attributes by which the tickets of the period can be told apart. */
    List<String> tellingAttributes() {
        return attributes.telling();
    }

    FigureSettings settings() {
        return settings;
    }

    /** How far the engine's time has come. */
    long nowNs() {
        return engine.nowNs();
    }

    private void collect(int slot) {
        long openedNs = views().openedNs(slot);
        if (!period.contains(openedNs)) {
            return;
        }
        TicketView ticket = views().ticketAt(slot);
        Map<String, Object> values = ticket.attributes();
        if (ticket.status().equals(CANCELLED) || !where.matches(values)) {
            return;
        }
        attributes.add(values);
        tickets.add(new PastTicket(
                ticket.ticket(),
                openedNs,
                Where.textOf(values.get(PastTicket.AGENT)),
                Reviews.SCORES.stream()
                        .map(name -> Reviews.score(values.get(name)))
                        .toList()));
    }

    private EngineViews views() {
        return engine.views();
    }
}
