package io.tocsin.app.timeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A file of events by chance: late ones, duplicates, hand-overs, pauses, reopenings and changed minds. */
public final class ChanceStream {
    /** Office hours with a break, a calendar past midnight, business days, repeated clocks and policies to change between. */
    public static final String POLICY = """
            version: 1
            forget_after: 2d
            calendars:
              office:
                timezone: Europe/Berlin
                hours: {mon-fri: ["09:00-12:00", "13:00-17:30"]}
                holidays: ["2026-03-30"]
              night:
                timezone: Asia/Shanghai
                hours: {mon-sun: ["22:00-06:00"]}
            escalations:
              A: [{after: 0m, to: lead}, {after: 1h, every: 1h, times: 3, to: chief}]
            policies:
            - name: urgent
              match: {priority: urgent}
              warn: [50%, 5m]
              escalate: A
              targets: {first_response: 30m, next_response: 1h, resolution: 4h, acceptance: 20m, wrap_up: 1h}
            - name: night
              match: {priority: night}
              calendar: night
              targets: {first_response: 2h, resolution: 10h, periodic_update: 3h}
            - name: days
              match: {priority: days}
              calendar: office
              warn: [80%]
              targets: {resolution: 2bd, first_response: {target: 1bd, due_at: same_time}}
            - name: rest
              match: {priority: {not: none}}
              calendar: office
              targets: {first_response: 4h, resolution: 16h, handover_resolution: 8h, follow_up: 8h}
            """;

    private static final String[] TYPES = {
        "opened",
        "responded",
        "customer_replied",
        "pending",
        "resumed",
        "updated",
        "transferred",
        "accepted",
        "resolved",
        "reopened",
        "closed",
        "recorded",
        "followed_up",
        "acknowledged",
        "resolved",
        "responded"
    };
    private static final String[] PRIORITIES = {"urgent", "night", "days", "low", "none"};

    private ChanceStream() {}

    /** Writes so many events of so many tickets, each of which is opened. */
    public static Path write(Path file, long seed, int tickets, int events) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        Instant now = Instant.parse("2026-03-20T06:00:00Z");
        for (int i = 0; i < events; i++) {
            now = now.plusNanos((long) (random.nextDouble() * 1_200e9));
            int ticket = i < tickets ? i : random.nextInt(tickets);
            String type = i < tickets ? "opened" : TYPES[random.nextInt(TYPES.length)];
            Instant at = random.nextInt(6) == 0 ? now.minusNanos((long) (random.nextDouble() * 40_000e9)) : now;
            String id = random.nextInt(4) == 0 ? ",\"id\":\"e" + random.nextInt(6) + "\"" : "";
            String attributes = random.nextInt(5) == 0 || i < tickets
                    ? ",\"attributes\":{\"priority\":\"" + PRIORITIES[random.nextInt(PRIORITIES.length)] + "\"}"
                    : "";
            lines.add("{\"ticket\":\"T" + ticket + "\",\"type\":\"" + type + "\",\"at\":\"" + at + "\"" + id
                    + attributes + "}");
        }
        return Files.write(file, lines);
    }
}
