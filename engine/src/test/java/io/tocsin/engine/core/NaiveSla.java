package io.tocsin.engine.core;

import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.TicketView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine's twin, written from the contract: it keeps every event of a ticket and tells the ticket's story from the
 * first event each time something happens. No wheel, no increments, nothing clever.
 */
final class NaiveSla {
    final List<NaiveAlert> alerts = new ArrayList<>();

    private final int rememberedIds;
    private final Consumer<TicketView> onForget;
    /** The tickets in memory, in first-seen order. */
    private final List<NaiveTicket> tickets = new ArrayList<>();

    private final Set<String> knownIds = new LinkedHashSet<>();
    private final Map<String, Integer> earlierCycles = new HashMap<>();
    private final Set<String> clockOrder = new LinkedHashSet<>();
    private NaiveRules rules;
    private long nowNs;
    long duplicates;
    long orphaned;
    long seen;

    /** What happened; an attribute whose value is empty is removed. */
    record Event(long arrivalNs, long atNs, String ticket, String type, String id, Map<String, String> attributes) {}

    NaiveSla(PolicySet policies, int rememberedIds, Consumer<TicketView> onForget, long nowNs) {
        this.rememberedIds = rememberedIds;
        this.onForget = onForget;
        this.nowNs = nowNs;
        BuiltInClocks.all().forEach(clock -> clockOrder.add(clock.name()));
        rules = read(policies);
    }

    void apply(Event event) {
        advance(event.arrivalNs);
        happen(event);
    }

    /** Lets an event happen before anything else that is due: only what its own ticket has to say comes before it. */
    void overtake(Event event) {
        nowNs = event.arrivalNs;
        for (NaiveTicket own = find(event.ticket); own != null && own.nextNs() < nowNs; own = find(event.ticket)) {
            own.come(own.nextNs());
        }
        happen(event);
    }

    private void happen(Event event) {
        if (isDuplicate(event)) {
            duplicates++;
            return;
        }
        NaiveTicket ticket = find(event.ticket);
        if (ticket == null) {
            if (!event.type.equals("opened")) {
                orphaned++;
                return;
            }
            ticket = new NaiveTicket(this, event.ticket, ++seen, earlierCycles.getOrDefault(event.ticket, 0));
            tickets.add(ticket);
        }
        ticket.happen(rules, event);
    }

    /** Puts another policy file into force: every ticket is measured again, in first-seen order. */
    void use(PolicySet policies, long arrivalNs) {
        advance(arrivalNs);
        rules = read(policies);
        tickets.forEach(ticket -> ticket.use(rules));
    }

    /** Whatever comes strictly before an instant, in order: by instant, then by ticket, then by clock. */
    void advance(long untilNs) {
        advance(untilNs, Long.MAX_VALUE);
    }

    /** As above, but so many times at most; what a ticket has at one instant comes together. */
    void advance(long untilNs, long most) {
        nowNs = untilNs;
        for (long left = most; left > 0; left--) {
            NaiveTicket first = null;
            long firstNs = untilNs;
            for (NaiveTicket ticket : tickets) {
                if (ticket.nextNs() < firstNs) {
                    first = ticket;
                    firstNs = ticket.nextNs();
                }
            }
            if (first == null) {
                return;
            }
            while (tickets.contains(first) && first.nextNs() == firstNs) {
                first.come(firstNs);
            }
        }
    }

    @Nullable
    NaiveTicket find(String id) {
        return tickets.stream()
                .filter(ticket -> ticket.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    List<TicketView> views() {
        return tickets.stream().map(NaiveTicket::view).toList();
    }

    long nowNs() {
        return nowNs;
    }

    NaiveRules rules() {
        return rules;
    }

    /** The built-in clocks, then the files' in the order in which files first define them. */
    Set<String> clockOrder() {
        return clockOrder;
    }

    void say(NaiveAlert alert) {
        alerts.add(alert);
    }

    void forget(NaiveTicket ticket) {
        onForget.accept(ticket.view());
        earlierCycles.put(ticket.id, ticket.lastCycleSaid());
        tickets.remove(ticket);
    }

    private NaiveRules read(PolicySet policies) {
        policies.clocks().forEach(clock -> clockOrder.add(clock.name()));
        return new NaiveRules(policies);
    }

    private boolean isDuplicate(Event event) {
        if (event.id.isEmpty()) {
            return false;
        }
        if (!knownIds.add(event.ticket + "\n" + event.id)) {
            return true;
        }
        if (knownIds.size() > rememberedIds) {
            knownIds.remove(knownIds.iterator().next());
        }
        return false;
    }
}
