package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertSink;
import io.tocsin.engine.clock.AnnouncementStore;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.GapStore;
import io.tocsin.engine.clock.Measure;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.stats.Figures;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.EarlierLives;
import io.tocsin.engine.ticket.MomentStore;
import io.tocsin.engine.ticket.TicketStore;

/** Everything the core knows, in one place, so that what changes it and what only reads it can be told apart. */
final class EngineState {
    final Attributes attributes = new Attributes();
    final TicketStore tickets = new TicketStore();
    final MomentStore moments = new MomentStore(tickets);
    final MomentNotes notes = new MomentNotes(tickets, moments);
    final EarlierLives earlierLives = new EarlierLives();
    final CycleStore cycles = new CycleStore();
    final GapStore gaps = new GapStore(cycles);
    final AnnouncementStore announcements = new AnnouncementStore(cycles);
    final Measure measure = new Measure(cycles, gaps);
    final Registry registry = new Registry();
    final Figures figures = new Figures(tickets, moments, attributes, cycles, measure, registry);
    final Customers customers = new Customers(tickets, moments, attributes, figures);
    final EventCounts counts = new EventCounts();
    final PolicyHistory policies;
    final EventKeys keys;
    final Announcer announcer;
    final Clocks clocks;
    final Objectives objectives;

    EngineState(EngineConfig config, PolicyReader policyReader, AlertSink sink) {
        policies = new PolicyHistory(policyReader, registry, attributes);
        keys = new EventKeys(config.rememberedIds());
        announcer = new Announcer(tickets, attributes, cycles, announcements, measure, registry, sink);
        clocks = new Clocks(tickets, cycles, gaps, announcements, measure, announcer, registry, figures, earlierLives);
        objectives = new Objectives(attributes, figures, registry, announcer);
    }
}
