package io.tocsin.engine.core;

import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.policy.PolicySet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Policies and events from a seed. Everything lies on a grid of five minutes, so that things that ought not to coincide
 * often do: stops at the due instant, pauses at closing time, several timers at once.
 */
final class RandomStream {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long GRID_NS = 5 * MINUTE_NS;
    /** Over again what moves most clocks. */
    private static final List<String> FREQUENT = List.of(
            "responded", "resolved", "resolved", "reopened", "reopened", "pending", "resumed", "customer_replied");

    final PolicySet policies;

    private final Random random;
    private final RandomPolicies policyFiles;
    private final List<Event> sent = new ArrayList<>();
    private final List<String> tickets = new ArrayList<>();
    private final int eventsPerTicket;
    private final int oneInLate;
    private final int latestGrids;
    private final boolean hasIds;
    private final int oneInDays;
    private long nowNs;

    RandomStream(long seed, long startNs) {
        random = new Random(seed);
        nowNs = startNs;
        eventsPerTicket = 4 + random.nextInt(30);
        oneInLate = 2 + random.nextInt(8);
        latestGrids = random.nextBoolean() ? 72 : 5 * 288;
        hasIds = random.nextBoolean();
        oneInDays = 2 + random.nextInt(20);
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(startNs / 1_000_000_000L), ZoneOffset.UTC);
        policyFiles = new RandomPolicies(random, date);
        policies = policyFiles.next();
    }

    /** The next event: in order or late, for a new ticket or one of the last few, or one that came before. */
    Event next() {
        nowNs += step();
        Event event = hasIds && !sent.isEmpty() && oneIn(12) ? again() : event();
        sent.add(event);
        return event;
    }

    /** Moves on without an event. */
    long idle() {
        nowNs += step();
        return nowNs;
    }

    /** Another policy file. */
    PolicySet nextPolicies() {
        return policyFiles.next();
    }

    private Event event() {
        long atNs = oneIn(oneInLate) ? nowNs - random.nextInt(latestGrids) * GRID_NS : nowNs;
        String id = hasIds && oneIn(2) ? "e" + sent.size() : "";
        if (tickets.isEmpty() || oneIn(eventsPerTicket)) {
            tickets.add("T" + (tickets.size() + 1));
            return new Event(nowNs, atNs, tickets.get(tickets.size() - 1), "opened", id, attributes(2));
        }
        if (oneIn(25)) {
            // Known, or forgotten long ago.
            String ticket = tickets.get(random.nextInt(tickets.size()));
            return new Event(nowNs, atNs, ticket, "opened", id, attributes(2));
        }
        int back = Math.min(tickets.size(), oneIn(10) ? 30 : 4);
        String ticket = tickets.get(tickets.size() - 1 - random.nextInt(back));
        String type = type();
        return new Event(nowNs, atNs, ticket, type, id, attributes(type.equals("updated") ? 1 : 5));
    }

    private Event again() {
        Event event = sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), 40)));
        return new Event(nowNs, event.atNs(), event.ticket(), event.type(), event.id(), event.attributes());
    }

    private String type() {
        List<String> types = random.nextBoolean() ? FREQUENT : RandomPolicies.TYPES;
        return types.get(random.nextInt(types.size()));
    }

    private long step() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> 0;
            case 3 -> random.nextInt(24) * 6L * GRID_NS;
            case 4 ->
                oneIn(oneInDays) ? random.nextInt(4 * 288) * GRID_NS : random.nextInt((int) (GRID_NS / 1_000)) * 1_000L;
            case 5, 6 -> 6 * GRID_NS;
            default -> (GRID_NS - nowNs % GRID_NS) + random.nextInt(3) * GRID_NS;
        };
    }

    /** One attribute of a kind in so many events; an empty one is removed. */
    private Map<String, String> attributes(int oneIn) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (oneIn(oneIn)) {
            attributes.put(RandomPolicies.STAGE, value(RandomPolicies.STAGES));
        }
        if (oneIn(2 * oneIn)) {
            attributes.put(RandomPolicies.CHANNEL, value(RandomPolicies.CHANNELS));
        }
        return attributes;
    }

    private String value(List<String> values) {
        return oneIn(5) ? "" : values.get(random.nextInt(values.size()));
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    Random random() {
        return random;
    }
}
