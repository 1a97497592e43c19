package io.tocsin.app.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Figures as a script would count them: reads events line by line, keeps everything, and counts from scratch. It shares no
 * code with the engine. Times are whole seconds; every clock is around the clock.
 */
final class PlainModel {
    private static final Pattern TEXT = Pattern.compile("\"([a-z_]+)\":\"([^\"]*)\"");
    private static final Pattern RATING = Pattern.compile("\"(csat|nps)\":([0-9.]+)");

    private final Map<String, PlainTicket> tickets = new LinkedHashMap<>();
    private final Settings settings;

    /** What the policy of the test says, in seconds. */
    record Settings(
            ZoneId zone,
            String customer,
            long responseTarget,
            long resolutionTarget,
            long repeatWithin,
            long answerWithin,
            long shortAbandon,
            long longWait) {}

    /** Lines of a file, with the instant of each. */
    record Line(long at, String text) {
        /** A line of the file as it is. */
        static Line of(String text) {
            return new Line(OffsetDateTime.parse(field(text, "at")).toEpochSecond(), text);
        }

        String ticket() {
            return field(text, "ticket");
        }

        String type() {
            return field(text, "type");
        }
    }

    PlainModel(Settings settings) {
        this.settings = settings;
    }

    static List<Line> lines(Path file) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return in.lines().map(Line::of).toList();
        }
    }

    void read(Line line) {
        PlainTicket ticket = tickets.get(line.ticket());
        if (ticket == null) {
            ticket = new PlainTicket(line.at);
            tickets.put(line.ticket(), ticket);
        } else {
            Map<String, Double> ratings = new LinkedHashMap<>();
            Matcher rating = RATING.matcher(line.text);
            while (rating.find()) {
                ratings.put(rating.group(1), Double.parseDouble(rating.group(2)));
            }
            ticket.happened.add(new PlainTicket.Happened(
                    line.at,
                    line.type(),
                    ratings.getOrDefault("csat", Double.NaN),
                    ratings.getOrDefault("nps", Double.NaN)));
        }
        int from = line.text.indexOf("\"attributes\"");
        if (from >= 0) {
            Matcher attribute = TEXT.matcher(line.text.substring(from + "\"attributes\":".length()));
            while (attribute.find()) {
                ticket.attributes.put(attribute.group(1), attribute.group(2));
            }
        }
    }

    /**
     * The groups that have anything to show, by the texts of their keys.
     *
     * @param from the first second of the window
     * @param now the last one
     */
    Map<List<String>, PlainCounts> count(List<String> by, long from, long now) {
        List<PlainTicket> counted = tickets.values().stream()
                .filter(ticket -> !ticket.isCancelled())
                .toList();
        Map<String, List<Long>> openings = new LinkedHashMap<>();
        for (PlainTicket ticket : counted) {
            openings.computeIfAbsent(customer(ticket), added -> new ArrayList<>())
                    .add(ticket.opened());
        }
        Map<List<String>, PlainCounts> groups = new LinkedHashMap<>();
        if (by.isEmpty()) {
            groups.put(List.of(), new PlainCounts());
        }
        for (PlainTicket ticket : counted) {
            List<String> key = by.stream()
                    .map(name -> ticket.attributes.getOrDefault(name, ""))
                    .toList();
            List<Long> others = customer(ticket).isEmpty() ? List.of() : openings.get(customer(ticket));
            ticket.count(
                    groups.computeIfAbsent(key, added -> new PlainCounts()),
                    settings,
                    from,
                    now,
                    solved -> others.stream()
                            .anyMatch(opened -> opened > solved && opened <= solved + settings.repeatWithin));
        }
        groups.values().removeIf(counts -> !by.isEmpty() && counts.isEmpty());
        return groups;
    }

    private String customer(PlainTicket ticket) {
        return ticket.attributes.getOrDefault(settings.customer, "");
    }

    private static String field(String line, String name) {
        String mark = "\"" + name + "\":\"";
        int from = line.indexOf(mark) + mark.length();
        return line.substring(from, line.indexOf('"', from));
    }
}
