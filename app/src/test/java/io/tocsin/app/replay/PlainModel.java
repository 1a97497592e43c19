package io.tocsin.app.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Figures as a script would count them: reads a file of events line by line, keeps everything, and counts from scratch. It
 * shares no code with the engine. Times are whole seconds; every clock is around the clock.
 */
final class PlainModel {
    private static final Pattern FIELD = Pattern.compile("\"([a-z_]+)\":\"([^\"]*)\"");
    private static final Set<String> STOPS = Set.of("responded", "resolved", "closed");

    private final Map<String, Ticket> tickets = new LinkedHashMap<>();
    /** By customer. */
    private final Map<String, List<Long>> openings = new LinkedHashMap<>();

    private final ZoneId zone;
    private final long targetSeconds;

    /** One ticket: its opening, what its attributes are now, and what happened. */
    private static final class Ticket {
        private final long opened;
        private final Map<String, String> attributes = new TreeMap<>();
        private final List<Happened> happened = new ArrayList<>();

        Ticket(long opened) {
            this.opened = opened;
        }
    }

    private record Happened(long at, String type) {}

    /** What a script would print for one group. */
    static final class Counts {
        long opened;
        long resolved;
        long reopened;
        long abandoned;
        long transferred;
        long open;
        long longestWaiting = -1;
        long met;
        long breached;
        long cancelled;
        long running;
        long solved;
        long cameAgain;
        long offered;
        long answeredIn20;
        long givenUpIn5;
        final List<Long> waits = new ArrayList<>();
        final long[] waitsByHour = new long[24];
        final long[] longByHour = new long[24];

        boolean isEmpty() {
            return opened
                            + resolved
                            + reopened
                            + abandoned
                            + transferred
                            + open
                            + met
                            + breached
                            + cancelled
                            + running
                            + waits.size()
                    == 0;
        }
    }

    /** Lines of a file, with the instant of each. */
    record Line(long at, String text) {}

    PlainModel(ZoneId zone, long targetSeconds) {
        this.zone = zone;
        this.targetSeconds = targetSeconds;
    }

    static List<Line> lines(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(new Line(OffsetDateTime.parse(field(line, "at")).toEpochSecond(), line));
            }
        }
        return lines;
    }

    void read(Line line) {
        String type = field(line.text, "type");
        Ticket ticket = tickets.get(field(line.text, "ticket"));
        if (ticket == null) {
            ticket = new Ticket(line.at);
            tickets.put(field(line.text, "ticket"), ticket);
        } else {
            ticket.happened.add(new Happened(line.at, type));
        }
        int from = line.text.indexOf("\"attributes\"");
        if (from >= 0) {
            Matcher attribute = FIELD.matcher(line.text.substring(from + "\"attributes\":".length()));
            while (attribute.find()) {
                ticket.attributes.put(attribute.group(1), attribute.group(2));
            }
        }
    }

    /** The groups that have anything to show, by the texts of their keys. */
    Map<List<String>, Counts> count(List<String> by, long from, long now, String customer, long repeatWithin) {
        Map<List<String>, Counts> groups = new LinkedHashMap<>();
        openings.clear();
        for (Ticket ticket : tickets.values()) {
            String who = ticket.attributes.get(customer);
            if (who != null) {
                openings.computeIfAbsent(who, added -> new ArrayList<>()).add(ticket.opened);
            }
        }
        if (by.isEmpty()) {
            groups.put(List.of(), new Counts());
        }
        for (Ticket ticket : tickets.values()) {
            List<String> key = by.stream()
                    .map(name -> ticket.attributes.getOrDefault(name, ""))
                    .toList();
            Counts counts = groups.computeIfAbsent(key, added -> new Counts());
            counts.opened += isIn(ticket.opened, from) ? 1 : 0;
            countFlow(ticket, counts, from, customer, repeatWithin);
            countResponse(ticket, counts, from, now);
        }
        groups.values().removeIf(counts -> !by.isEmpty() && counts.isEmpty());
        return groups;
    }

    private static boolean isIn(long at, long from) {
        return at >= from;
    }

    private void countFlow(Ticket ticket, Counts counts, long from, String customer, long repeatWithin) {
        boolean open = true;
        boolean everResolved = false;
        for (Happened each : ticket.happened) {
            boolean ends = Set.of("resolved", "closed", "abandoned").contains(each.type);
            boolean begins = Set.of("reopened", "pending", "resumed").contains(each.type);
            boolean counted = isIn(each.at, from);
            counts.transferred += counted && each.type.equals("transferred") ? 1 : 0;
            if (ends && open) {
                open = false;
                boolean resolves = !each.type.equals("abandoned");
                counts.abandoned += counted && !resolves ? 1 : 0;
                counts.resolved += counted && resolves ? 1 : 0;
                if (counted && resolves && !everResolved) {
                    counts.solved++;
                    counts.cameAgain += comesAgain(ticket, each.at, customer, repeatWithin) ? 1 : 0;
                }
                everResolved |= resolves;
            } else if (begins && !open) {
                open = true;
                counts.reopened += counted ? 1 : 0;
            }
        }
        counts.open += open ? 1 : 0;
    }

    private boolean comesAgain(Ticket ticket, long resolved, String customer, long within) {
        String who = ticket.attributes.get(customer);
        return who != null
                && openings.get(who).stream().anyMatch(opened -> opened > resolved && opened <= resolved + within);
    }

    private void countResponse(Ticket ticket, Counts counts, long from, long now) {
        long due = ticket.opened + targetSeconds;
        Happened end = ticket.happened.stream()
                .filter(each -> STOPS.contains(each.type) || each.type.equals("abandoned"))
                .findFirst()
                .orElse(null);
        long until = end == null ? now : end.at;
        boolean late = due < until;
        counts.breached += late && isIn(due, from) ? 1 : 0;
        if (end == null) {
            counts.running += late ? 0 : 1;
            counts.longestWaiting = Math.max(counts.longestWaiting, now - ticket.opened);
        } else if (isIn(end.at, from)) {
            boolean answered = STOPS.contains(end.type);
            long wait = end.at - ticket.opened;
            counts.met += answered && !late ? 1 : 0;
            counts.cancelled += !answered && !late ? 1 : 0;
            counts.offered++;
            counts.answeredIn20 += answered && wait <= 20 ? 1 : 0;
            counts.givenUpIn5 += !answered && wait < 5 ? 1 : 0;
            if (answered) {
                counts.waits.add(wait);
                int hour = Instant.ofEpochSecond(ticket.opened).atZone(zone).getHour();
                counts.waitsByHour[hour]++;
                counts.longByHour[hour] += wait > 30 ? 1 : 0;
            }
        }
    }

    /** The value below or at which so many percent of the waits lie. */
    static long quantile(List<Long> waits, int percent) {
        long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }

    private static String field(String line, String name) {
        String mark = "\"" + name + "\":\"";
        int from = line.indexOf(mark) + mark.length();
        return line.substring(from, line.indexOf('"', from));
    }
}
