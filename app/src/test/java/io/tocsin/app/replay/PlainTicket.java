package io.tocsin.app.replay;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** One ticket of the {@link PlainModel}: when it was opened, what its attributes are now, and what happened in which order. */
final class PlainTicket {
    private static final Set<String> SOLUTIONS = Set.of("resolved", "closed");
    private static final Set<String> RESPONSES = Set.of("responded", "resolved", "closed");
    private static final Set<String> BEGINNINGS = Set.of("reopened", "pending", "resumed");

    private static final long NEVER = Long.MAX_VALUE;

    private final long opened;
    final Map<String, String> attributes = new TreeMap<>();
    final List<Happened> happened = new ArrayList<>();

    /** An event after the opening; ratings are NaN where it has none. */
    record Happened(long at, String type, double csat, double nps) {}

    PlainTicket(long opened) {
        this.opened = opened;
    }

    long opened() {
        return opened;
    }

    /** A cancelled ticket is in no figure. */
    boolean isCancelled() {
        return happened.stream().anyMatch(each -> each.type.equals("cancelled"));
    }

    /**
     * Adds what this ticket is worth.
     *
     * @param from the first second of the window
     * @param now the last one
     * @param cameBack whether the customer opened another ticket shortly after an instant
     */
    void count(PlainCounts counts, PlainModel.Settings settings, long from, long now, LongPredicate cameBack) {
        counts.opened += opened >= from ? 1 : 0;
        countFlow(counts, from, settings.repeatWithin(), cameBack);
        countSaid(counts, from);
        countResponse(counts, settings, from, now);
        countResolution(counts.resolution, settings.resolutionTarget(), from, now);
    }

    private void countFlow(PlainCounts counts, long from, long repeatWithin, LongPredicate cameBack) {
        String status = "open";
        long firstSolved = NEVER;
        long lastSolved = NEVER;
        List<Long> replies = new ArrayList<>();
        List<Long> reopenings = new ArrayList<>();
        for (Happened each : happened) {
            boolean wasOpen = status.equals("open") || status.equals("pending");
            boolean counted = each.at >= from;
            if (SOLUTIONS.contains(each.type)) {
                status = each.type;
                if (wasOpen) {
                    counts.resolved += counted ? 1 : 0;
                    firstSolved = firstSolved == NEVER ? each.at : firstSolved;
                    lastSolved = each.at;
                }
            } else if (each.type.equals("abandoned")) {
                status = each.type;
                counts.abandoned += counted && wasOpen ? 1 : 0;
            } else if (BEGINNINGS.contains(each.type)) {
                status = each.type.equals("pending") ? "pending" : "open";
                if (!wasOpen) {
                    counts.reopened += counted ? 1 : 0;
                    reopenings.add(each.at);
                }
            } else if (each.type.equals("customer_replied")) {
                status = status.equals("pending") ? "open" : status;
                replies.add(each.at);
            }
        }
        counts.open += status.equals("open") || status.equals("pending") ? 1 : 0;
        if (firstSolved != NEVER && firstSolved >= from) {
            long solved = firstSolved;
            LongPredicate isSoon = at -> at > solved && at <= solved + repeatWithin;
            boolean again = cameBack.test(solved) || anyOf(replies, isSoon);
            counts.solved++;
            counts.cameAgain += again ? 1 : 0;
            counts.solvedAtOnce += again || anyOf(reopenings, isSoon) ? 0 : 1;
        }
        if (lastSolved != NEVER && lastSolved >= from && SOLUTIONS.contains(status)) {
            countStanding(counts, lastSolved);
        }
    }

    private static boolean anyOf(List<Long> instants, LongPredicate condition) {
        return instants.stream().anyMatch(condition::test);
    }

    private void countStanding(PlainCounts counts, long solved) {
        long contacts = 1
                + happened.stream()
                        .filter(each -> each.type.equals("customer_replied") && each.at <= solved)
                        .count();
        counts.standing++;
        counts.contacts += contacts;
        if (happened.stream().anyMatch(each -> each.type.equals("complained"))) {
            counts.standingComplaints++;
            counts.complaintContacts += contacts;
        }
    }

    private void countSaid(PlainCounts counts, long from) {
        boolean complained = false;
        boolean handedOver = false;
        for (Happened each : happened) {
            boolean counted = each.at >= from;
            if (each.type.equals("transferred")) {
                counts.transferred += counted ? 1 : 0;
                counts.handedOver += counted && !handedOver ? 1 : 0;
                handedOver = true;
            } else if (each.type.equals("complained")) {
                counts.complained += counted && !complained ? 1 : 0;
                complained = true;
            } else if (each.type.equals("rated") && counted) {
                if (each.csat >= 1 && each.csat <= 5) {
                    counts.csat.add(each.csat);
                }
                if (each.nps >= 0 && each.nps <= 10) {
                    counts.nps.add(each.nps);
                }
            }
        }
    }

    private void countResponse(PlainCounts counts, PlainModel.Settings settings, long from, long now) {
        PlainCounts.OfClock clock = counts.response;
        long due = opened + settings.responseTarget();
        Happened end = happened.stream()
                .filter(each -> RESPONSES.contains(each.type) || each.type.equals("abandoned"))
                .findFirst()
                .orElse(null);
        boolean late = due < (end == null ? now : end.at);
        clock.breached += late && due >= from ? 1 : 0;
        if (end == null) {
            clock.running += late ? 0 : 1;
            counts.longestWaiting = Math.max(counts.longestWaiting, now - opened);
        } else if (end.at >= from) {
            long wait = end.at - opened;
            if (RESPONSES.contains(end.type)) {
                clock.met += late ? 0 : 1;
                clock.times.add(wait);
                counts.answeredInTime += wait <= settings.answerWithin() ? 1 : 0;
                countHour(counts, wait, settings);
            } else {
                clock.cancelled += late ? 0 : 1;
                counts.givenUp++;
                counts.givenUpInTime += wait <= settings.answerWithin() ? 1 : 0;
                counts.givenUpSoon += wait < settings.shortAbandon() ? 1 : 0;
            }
        }
    }

    private void countHour(PlainCounts counts, long wait, PlainModel.Settings settings) {
        ZoneId zone = settings.zone();
        int hour = Instant.ofEpochSecond(opened).atZone(zone).getHour();
        counts.waitsByHour[hour]++;
        counts.longByHour[hour] += wait > settings.longWait() ? 1 : 0;
    }

    /** From the opening to the solution, without what was waited for someone outside, and on when it is reopened. */
    private void countResolution(PlainCounts.OfClock clock, long target, long from, long now) {
        String state = "running";
        long since = opened;
        long used = 0;
        long due = NEVER;
        long end = 0;
        for (Happened each : happened) {
            String next = switch (state) {
                case "running", "paused" ->
                    switch (each.type) {
                        case "resolved", "closed" -> "stopped";
                        case "abandoned" -> "cancelled";
                        case "pending" -> "paused";
                        case "resumed", "customer_replied" -> "running";
                        default -> state;
                    };
                case "stopped" -> each.type.equals("reopened") ? "running" : state;
                default -> state;
            };
            if (state.equals("running") && !next.equals("running")) {
                due = Math.min(due, dueOf(since, each.at, target - used));
                used += each.at - since;
            } else if (!state.equals("running") && next.equals("running")) {
                since = each.at;
            }
            end = next.equals(state) ? end : each.at;
            state = next;
        }
        if (state.equals("running")) {
            due = Math.min(due, dueOf(since, now, target - used));
        }
        boolean late = due != NEVER;
        clock.breached += late && due >= from ? 1 : 0;
        boolean decided = end >= from;
        switch (state) {
            case "running" -> clock.running += late ? 0 : 1;
            case "paused" -> clock.paused += late ? 0 : 1;
            case "cancelled" -> clock.cancelled += !late && decided ? 1 : 0;
            default -> {
                clock.met += !late && decided ? 1 : 0;
                if (decided) {
                    clock.times.add(used);
                }
            }
        }
    }

    /** When what was left of the target was used up within a stretch, or never. */
    private static long dueOf(long since, long until, long left) {
        return left >= 0 && since + left < until ? since + left : NEVER;
    }
}
