package io.tocsin.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.TicketView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** The engine and its naive twin, told the same, say the same. */
class NaiveSlaTest {
    private static final int STREAMS = 150;
    private static final int EVENTS = 200;

    @Test
    void shouldSayWhatTheTwinSays() {
        for (long seed = 1; seed <= STREAMS; seed++) {
            new Run(seed).run();
        }
    }

    /** One stream of events, given to both. */
    private static final class Run {
        private final long seed;
        private final RandomStream stream;
        private final NaiveSla twin;
        private final Engine engine;
        private final Stamped stamped = new Stamped();
        private final List<NaiveSla.Alert> alerts = new ArrayList<>();
        private final List<Event> events = new ArrayList<>();
        private int compared;

        Run(long seed) {
            this.seed = seed;
            long startNs = Scenario.at("08:00");
            stream = new RandomStream(seed, startNs);
            twin = new NaiveSla(stream.policies, startNs);
            engine = new Engine(EngineConfig.DEFAULT, Scenario.NO_POLICY_RECORDS, this::onAlert);
            engine.use(stream.policies, startNs);
        }

        void run() {
            for (int i = 0; i < EVENTS; i++) {
                Event event = stream.next();
                events.add(event);
                twin.apply(event);
                engine.apply(stamped.record(event));
                compareAlerts();
                compare(twin.find(event.ticket()), event.ticket());
            }
            twin.tickets.forEach(ticket -> compare(ticket, ticket.id));
            compare("orphaned, tickets, tickets in memory", twinsCounters(), counters(), "");
        }

        private List<Long> twinsCounters() {
            return List.of((long) twin.orphaned, (long) twin.seen, (long) twin.tickets.size());
        }

        private List<Long> counters() {
            CountersView counters = engine.views().counters();
            return List.of(counters.orphaned(), counters.tickets(), counters.openTickets());
        }

        private void compareAlerts() {
            for (; compared < Math.max(alerts.size(), twin.alerts.size()); compared++) {
                NaiveSla.Alert expected = compared < twin.alerts.size() ? twin.alerts.get(compared) : null;
                NaiveSla.Alert actual = compared < alerts.size() ? alerts.get(compared) : null;
                String id = (expected == null ? actual : expected).id();
                compare("alert " + (compared + 1), expected, actual, id.substring(0, id.indexOf('/')));
            }
        }

        private void compare(NaiveSla.Ticket expected, String id) {
            TicketView actual = engine.views().ticket(id).orElse(null);
            compare(
                    "ticket",
                    expected == null ? List.of() : lines(expected),
                    actual == null ? List.of() : lines(actual),
                    id);
        }

        private void compare(String what, Object expected, Object actual, String ticket) {
            if (!Objects.equals(expected, actual)) {
                fail(story(ticket) + "\n" + what + "\nexpected " + expected + "\nbut was  " + actual);
            }
        }

        private List<String> lines(NaiveSla.Ticket ticket) {
            List<String> lines = new ArrayList<>();
            lines.add(ticket.status + " " + (ticket.policy == null ? null : ticket.policy.name()) + ticket.attributes);
            for (NaiveClock clock : ticket.clocks) {
                if (clock.target != null) {
                    lines.add(text(ticket, clock));
                }
            }
            return lines;
        }

        private List<String> lines(TicketView ticket) {
            List<String> lines = new ArrayList<>();
            lines.add(ticket.status() + " " + ticket.policy() + ticket.attributes());
            ticket.clocks().forEach(clock -> lines.add(text(clock)));
            return lines;
        }

        private String text(NaiveSla.Ticket ticket, NaiveClock clock) {
            boolean running = clock.state == ClockState.RUNNING;
            return clock.definition.name() + " " + clock.state.text() + " breached " + ticket.isBreached(clock)
                    + " started " + Scenario.time(clock.startNs) + " elapsed " + clock.elapsedNs(engine.nowNs())
                    + (running ? " due " + Scenario.time(clock.dueNs()) : "")
                    + (clock.state.isOpen() ? "" : " ended " + Scenario.time(clock.endNs));
        }

        private String text(ClockView clock) {
            boolean open = clock.state().equals("running") || clock.state().equals("paused");
            return clock.clock() + " " + clock.state() + " breached " + clock.breached() + " started "
                    + Scenario.time(clock.startedNs()) + " elapsed " + clock.elapsedNs()
                    + (clock.state().equals("running") ? " due " + Scenario.time(clock.dueNs()) : "")
                    + (open ? "" : " ended " + Scenario.time(clock.stoppedNs()));
        }

        private void onAlert(DirectBuffer buffer, int offset, int length) {
            AlertRecord alert = new AlertRecord().wrap(buffer, offset);
            if (alert.kind() == AlertKind.REVOKED) {
                alerts.add(new NaiveSla.Alert(alert.kind(), alert.id(), alert.atNs(), "", 0, 0, 0, List.of()));
                assertThat(alert.id()).isEqualTo(alert.revokes() + "/revoked");
                return;
            }
            List<String> to = new ArrayList<>();
            for (String each = alert.nextTo(); each != null; each = alert.nextTo()) {
                to.add(each);
            }
            alerts.add(new NaiveSla.Alert(
                    alert.kind(),
                    alert.id(),
                    alert.atNs(),
                    alert.threshold(),
                    alert.level(),
                    alert.dueNs(),
                    alert.elapsedNs(),
                    to));
        }

        private String story(String ticket) {
            StringBuilder story = new StringBuilder("seed " + seed + ", after " + events.size()
                    + " events, engine time " + Scenario.time(engine.nowNs()) + "\n" + stream.policies.policies());
            for (Event event : events) {
                if (event.ticket().equals(ticket)) {
                    story.append("\n  at ").append(Scenario.time(event.atNs())).append(" arrived ");
                    story.append(Scenario.time(event.arrivalNs())).append(' ').append(event.type());
                    story.append(' ').append(event.attributes());
                }
            }
            return story.toString();
        }
    }
}
