package io.tocsin.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFigures;
import io.tocsin.engine.view.TicketView;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts all tickets from scratch: those in memory, and those it was shown when they were forgotten. */
final class NaiveFigures {
    private static final Set<String> ACTIVE = Set.of("open", "pending");
    private static final long MILLISECOND_NS = 1_000_000L;

    private final List<TicketView> forgotten = new ArrayList<>();
    private final Map<Long, Flow> flows = new HashMap<>();

    /** How often a ticket came to and left the active ones. */
    private static final class Flow {
        private int resolved;
        private int reopened;
        private int abandoned;
        private boolean active = true;

        private void see(String status) {
            boolean nowActive = ACTIVE.contains(status);
            if (status.equals("cancelled") || nowActive == active) {
                return;
            }
            active = nowActive;
            reopened += nowActive ? 1 : 0;
            abandoned += status.equals("abandoned") ? 1 : 0;
            resolved += nowActive || status.equals("abandoned") ? 0 : 1;
        }
    }

    /** A ticket after each of its events. */
    void see(TicketView ticket) {
        flows.computeIfAbsent(ticket.number(), number -> new Flow()).see(ticket.status());
    }

    void forget(TicketView ticket) {
        forgotten.add(ticket);
    }

    void compare(List<String> by, List<TicketView> inMemory, StatsView stats, String what) {
        Map<Map<String, Object>, List<TicketView>> groups = groups(by, inMemory);
        if (by.isEmpty()) {
            groups.putIfAbsent(Map.of(), List.of());
        }
        assertThat(stats.groups().stream().map(StatsView.Group::key).collect(Collectors.toSet()))
                .as(what)
                .isEqualTo(groups.keySet());
        for (StatsView.Group group : stats.groups()) {
            List<TicketView> tickets = groups.get(group.key());
            assertThat(flow(group.tickets())).as(what + group.key()).isEqualTo(ticketFigures(tickets));
            group.clocks().forEach((clock, figures) -> compare(figures, cycles(tickets, clock), what + group.key()));
        }
    }

    private Map<Map<String, Object>, List<TicketView>> groups(List<String> by, List<TicketView> inMemory) {
        List<TicketView> all = new ArrayList<>(forgotten);
        all.addAll(inMemory);
        Map<Map<String, Object>, List<TicketView>> groups = new HashMap<>();
        for (TicketView ticket : all) {
            if (!ticket.status().equals("cancelled")) {
                Map<String, Object> key = new LinkedHashMap<>();
                by.forEach(name -> key.put(name, ticket.attributes().get(name)));
                groups.computeIfAbsent(key, added -> new ArrayList<>()).add(ticket);
            }
        }
        return groups;
    }

    private static List<Long> flow(TicketFigures tickets) {
        return List.of(tickets.opened(), tickets.resolved(), tickets.reopened(), tickets.abandoned(), tickets.open());
    }

    private List<Long> ticketFigures(List<TicketView> tickets) {
        List<Flow> seen =
                tickets.stream().map(ticket -> flows.get(ticket.number())).toList();
        return List.of(
                (long) tickets.size(),
                seen.stream().mapToLong(flow -> flow.resolved).sum(),
                seen.stream().mapToLong(flow -> flow.reopened).sum(),
                seen.stream().mapToLong(flow -> flow.abandoned).sum(),
                tickets.stream()
                        .filter(ticket -> ACTIVE.contains(ticket.status()))
                        .count());
    }

    private static List<ClockView> cycles(List<TicketView> tickets, String clock) {
        return tickets.stream()
                .flatMap(ticket -> ticket.clocks().stream())
                .filter(cycle -> cycle.clock().equals(clock))
                .toList();
    }

    private static void compare(ClockFigures figures, List<ClockView> cycles, String what) {
        assertThat(figures.running()).as(what).isEqualTo(count(cycles, "running"));
        assertThat(figures.paused()).as(what).isEqualTo(count(cycles, "paused"));
        assertThat(figures.met()).as(what).isEqualTo(count(cycles, "stopped"));
        assertThat(figures.cancelled()).as(what).isEqualTo(count(cycles, "cancelled"));
        assertThat(figures.breached())
                .as(what)
                .isEqualTo(cycles.stream().filter(ClockView::breached).count());
        long[] taken = cycles.stream()
                .filter(cycle -> cycle.state().equals("stopped"))
                .mapToLong(ClockView::elapsedNs)
                .sorted()
                .toArray();
        if (taken.length == 0) {
            assertThat(figures.averageNs()).as(what).isEqualTo(ClockView.NONE);
            assertThat(figures.maxNs()).as(what).isEqualTo(ClockView.NONE);
            return;
        }
        BigInteger sum = BigInteger.ZERO;
        for (long each : taken) {
            sum = sum.add(BigInteger.valueOf(each));
        }
        long averageNs = sum.divide(BigInteger.valueOf(taken.length)).longValueExact();
        assertThat(figures.averageNs()).as(what).isCloseTo(averageNs, within(2L));
        compareQuantile(figures.p50Ns(), taken, 50, what);
        compareQuantile(figures.p90Ns(), taken, 90, what);
        compareQuantile(figures.p95Ns(), taken, 95, what);
        compareQuantile(figures.p99Ns(), taken, 99, what);
        compareQuantile(figures.maxNs(), taken, 100, what);
    }

    private static long count(List<ClockView> cycles, String state) {
        return cycles.stream()
                .filter(cycle -> !cycle.breached() && cycle.state().equals(state))
                .count();
    }

    private static void compareQuantile(long actualNs, long[] sorted, int percent, String what) {
        int rank = (sorted.length * percent + 99) / 100;
        long expectedNs = sorted[rank - 1];
        assertThat(actualNs)
                .as(what + " p" + percent)
                .isCloseTo(expectedNs, within(expectedNs / 1_000 + MILLISECOND_NS));
    }
}
