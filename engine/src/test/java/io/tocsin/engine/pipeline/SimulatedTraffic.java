package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.RandomObjectives;
import io.tocsin.engine.core.RandomPolicies;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.PolicySet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What senders send, by chance: events of a few tickets in every order there is, late ones, some sent again under their
 * key, some for tickets that nobody opened; policy files, and records that nobody can read.
 */
final class SimulatedTraffic {
    private static final String POISON = "unreadable ";
    private static final long GRID_NS = 300_000_000_000L;
    /** Over again what moves most clocks. */
    private static final List<String> FREQUENT = List.of(
            "responded", "resolved", "resolved", "reopened", "pending", "resumed", "customer_replied", "cancelled");

    private final Random random;
    private final RandomPolicies policyFiles;
    private final Map<String, PolicySet> policies = new HashMap<>();
    private final EventRecordWriter writer = new EventRecordWriter();
    private final List<byte[]> withIds = new ArrayList<>();
    private final List<String> tickets = new ArrayList<>();
    private final int eventsPerTicket;
    private final int oneInLate;
    private final int latestGrids;
    private final boolean hasIds;
    private final int longest;
    private int sent;

    SimulatedTraffic(Random random, long startNs) {
        this.random = random;
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(startNs / 1_000_000_000L), ZoneOffset.UTC);
        policyFiles = new RandomPolicies(random, date);
        eventsPerTicket = 2 + random.nextInt(12);
        oneInLate = 2 + random.nextInt(8);
        latestGrids = random.nextBoolean() ? 72 : 5 * 288;
        hasIds = random.nextBoolean();
        longest = random.nextInt(4) == 0 ? 2_000 : 20;
    }

    /** An unstamped event; the bytes are the caller's. */
    byte[] event(long nowNs) {
        sent++;
        if (hasIds && !withIds.isEmpty() && oneIn(12)) {
            return withIds.get(withIds.size() - 1 - random.nextInt(Math.min(withIds.size(), 40)));
        }
        String id = hasIds && oneIn(2) ? "e" + sent : "";
        begin(nowNs, id);
        byte[] bytes = written();
        if (!id.isEmpty()) {
            withIds.add(bytes);
        }
        return bytes;
    }

    /** A policy that is like none before. */
    byte[] policy() {
        String text = "policy " + (policies.size() + 1);
        policies.put(text, RandomObjectives.onTopOf(policyFiles.next(), random));
        writer.policy(text);
        return written();
    }

    /** A policy that was checked, and yet cannot be read when it is applied. */
    byte[] poison() {
        writer.policy(POISON + sent++);
        return written();
    }

    static boolean isPoison(String policyText) {
        return policyText.startsWith(POISON);
    }

    /** The reader of policies. */
    PolicySet read(String text) {
        PolicySet found = policies.get(text);
        if (found == null) {
            throw new IllegalArgumentException("this build cannot read: " + text);
        }
        return found;
    }

    private void begin(long nowNs, String id) {
        boolean opens = tickets.isEmpty() || oneIn(eventsPerTicket);
        if (opens) {
            tickets.add("T" + (tickets.size() + 1));
        }
        String ticket = opens ? tickets.get(tickets.size() - 1) : ticket();
        String type = opens || oneIn(25) ? "opened" : type();
        if (oneIn(6)) {
            writer.beginAtArrival(utf8(ticket), utf8(type), utf8(id));
        } else {
            writer.begin(atNs(nowNs), ticket, type, id);
        }
        int oneIn = type.equals("opened") || type.equals("updated") ? 1 : 5;
        attribute(oneIn, RandomPolicies.STAGE, RandomPolicies.STAGES);
        attribute(2 * oneIn, RandomPolicies.CHANNEL, RandomPolicies.CHANNELS);
        if (oneIn(8)) {
            writer.attribute(ValueKind.STRING, "note", "n".repeat(1 + random.nextInt(longest)));
        }
    }

    private String ticket() {
        if (oneIn(30)) {
            return "UNKNOWN" + random.nextInt(3);
        }
        int back = Math.min(tickets.size(), oneIn(6) ? 60 : 6);
        return tickets.get(tickets.size() - 1 - random.nextInt(back));
    }

    private String type() {
        List<String> types = random.nextBoolean() ? FREQUENT : RandomPolicies.TYPES;
        return types.get(random.nextInt(types.size()));
    }

    private long atNs(long nowNs) {
        return oneIn(oneInLate) ? nowNs - nowNs % GRID_NS - random.nextInt(latestGrids) * GRID_NS : nowNs;
    }

    /** An attribute in one of so many events; now and then it is removed. */
    private void attribute(int oneIn, String name, List<String> values) {
        if (oneIn(oneIn)) {
            boolean removed = oneIn(5);
            String value = removed ? "" : values.get(random.nextInt(values.size()));
            writer.attribute(removed ? ValueKind.REMOVED : ValueKind.STRING, name, value);
        }
    }

    private byte[] written() {
        byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return bytes;
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
