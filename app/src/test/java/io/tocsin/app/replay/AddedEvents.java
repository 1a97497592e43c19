package io.tocsin.app.replay;

import io.tocsin.app.replay.PlainModel.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the real streams do not have, made up for every so many of their tickets, the same each time: ratings in and out of
 * their range, complaints, replies, pauses, hand-overs to another group, reopenings and cancellations.
 */
final class AddedEvents {
    private static final String[] CSAT = {"5", "4", "3.999", "1", "2.5", "4.25", "6", "0.5"};
    private static final String[] NPS = {"10", "9", "8.9", "7", "6.5", "6", "0", "11", "3"};

    private final String group;
    private final List<Line> added = new ArrayList<>();
    private long opened;

    private AddedEvents(String group) {
        this.group = group;
    }

    /**
     * The lines and what is made up, in the order of their instants.
     *
     * @param group the attribute that a hand-over changes
     */
    static List<Line> to(List<Line> lines, String group) {
        Map<String, List<Line>> tickets = new LinkedHashMap<>();
        for (Line line : lines) {
            tickets.computeIfAbsent(line.ticket(), seen -> new ArrayList<>()).add(line);
        }
        AddedEvents events = new AddedEvents(group);
        int number = 0;
        for (Map.Entry<String, List<Line>> ticket : tickets.entrySet()) {
            List<Line> own = ticket.getValue();
            events.addTo(
                    ticket.getKey(),
                    number,
                    own.get(0).at(),
                    own.get(own.size() - 1).at());
            number++;
        }
        List<Line> all = new ArrayList<>(lines);
        all.addAll(events.added);
        all.sort(Comparator.comparingLong(Line::at)); // Stable: at the same instant, what is real comes first.
        return all;
    }

    private void addTo(String ticket, int number, long first, long last) {
        opened = first;
        if (number % 3 == 0) {
            add(ticket, "rated", last + number % 50, "\"csat\":" + CSAT[number % CSAT.length]);
        }
        if (number % 4 == 0) {
            add(ticket, "rated", last + number % 40, "\"nps\":" + NPS[number % NPS.length]);
        }
        if (number % 5 == 0) {
            add(ticket, "rated", last + 10, "\"csat\":3,\"nps\":9.5,\"qa_attitude\":4");
        }
        if (number % 7 == 0) {
            add(ticket, "complained", last + 20 - number % 60, "");
        }
        if (number % 14 == 0) {
            add(ticket, "complained", last + 40, "");
        }
        if (number % 11 == 0) {
            add(ticket, "customer_replied", last + number % 120 - 20, "");
        }
        if (number % 13 == 0) {
            add(ticket, "transferred", (first + last) / 2, "\"" + group + "\":\"elsewhere\"");
        }
        if (number % 26 == 0) {
            add(ticket, "transferred", last + 15, "\"" + group + "\":\"nowhere\"");
        }
        if (number % 9 == 0 && last - first >= 10) {
            add(ticket, "pending", first + (last - first) / 4, "");
            add(ticket, number % 2 == 0 ? "resumed" : "customer_replied", last - (last - first) / 3, "");
        }
        if (number % 19 == 0) {
            add(ticket, "reopened", last + 30 + number % 60, "");
            add(ticket, "resolved", last + 100 + number % 700, "");
        }
        if (number % 97 == 0) {
            add(ticket, "reopened", last + 1_000, "");
        }
        if (number % 23 == 0) {
            add(ticket, "cancelled", last + 2_000, "");
        }
    }

    /** Never before the ticket was opened. */
    private void add(String ticket, String type, long wanted, String attributes) {
        long at = Math.max(opened, wanted);
        String text = "{\"ticket\":\"" + ticket + "\",\"type\":\"" + type + "\",\"at\":\"" + Instant.ofEpochSecond(at)
                + "\",\"attributes\":{" + attributes + "}}";
        added.add(new Line(at, text));
    }
}
