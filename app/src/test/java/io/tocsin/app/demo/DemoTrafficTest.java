package io.tocsin.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.BuiltInEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    private static final long HOUR_NS = 60 * MINUTE_NS;
    private static final long SEED = 7;
    private static final long START_NS = Instant.parse("2026-11-22T08:00:00Z").getEpochSecond() * SECOND_NS;

    private static final Map<String, Set<String>> VALUES = Map.of(
            "channel", Set.of("phone", "chat", "email"),
            "priority", Set.of("urgent", "normal", "low"),
            "tier", Set.of("gold", "silver", "standard"),
            "team", Set.of("billing", "tech", "orders", "returns"),
            "language", Set.of("en", "zh", "de", "es"),
            "csat", Set.of("1", "2", "3", "4", "5"),
            "nps", Set.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));

    private static final Set<String> FREE_TEXTS = Set.of("agent", "agent_name", "reason", "acknowledged_by");

    @Test
    void shouldGiveTheSameEventsForTheSameSeed() {
        List<Event> once = eventsOf(SEED, 10 * MINUTE_NS);
        List<Event> again = eventsOf(SEED, 10 * MINUTE_NS);
        List<Event> others = eventsOf(SEED + 1, 10 * MINUTE_NS);

        assertThat(once).hasSizeGreaterThan(10_000).isEqualTo(again).isNotEqualTo(others);
    }

    @Test
    void shouldNotDependOnTheStepsItIsAdvancedIn() {
        DemoTraffic traffic = new DemoTraffic(SEED, START_NS);
        List<Event> inSmallSteps = new ArrayList<>();
        for (long nowNs = START_NS; nowNs <= START_NS + 10 * MINUTE_NS; nowNs += SECOND_NS / 2) {
            traffic.advance(nowNs, collectInto(inSmallSteps));
        }

        assertThat(inSmallSteps).isEqualTo(eventsOf(SEED, 10 * MINUTE_NS));
    }

    @Test
    void shouldOfferAgainWhatTheSinkHadNoRoomFor() {
        DemoTraffic traffic = new DemoTraffic(SEED, START_NS);
        List<Event> taken = new ArrayList<>();
        EventSink collector = collectInto(taken);
        int[] offers = {0};
        EventSink fullEveryThirdTime =
                (buffer, offset, length) -> ++offers[0] % 3 != 0 && collector.offer(buffer, offset, length);
        int returned = 0;
        int takenNow;
        do {
            takenNow = traffic.advance(START_NS + 10 * MINUTE_NS, fullEveryThirdTime);
            returned += takenNow;
        } while (takenNow > 0);

        assertThat(taken).isEqualTo(eventsOf(SEED, 10 * MINUTE_NS)).hasSize(returned);
    }

    @Test
    void shouldNeverGoBackInTimeNorAheadOfIt() {
        DemoTraffic traffic = new DemoTraffic(SEED, START_NS);
        long[] lastNs = {START_NS};
        for (long nowNs = START_NS; nowNs <= START_NS + HOUR_NS; nowNs += SECOND_NS) {
            long limitNs = nowNs;
            traffic.advance(nowNs, reading(record -> {
                assertThat(record.atNs()).isBetween(lastNs[0], limitNs);
                lastNs[0] = record.atNs();
            }));
        }
        assertThat(lastNs[0]).isGreaterThan(START_NS + HOUR_NS - 5 * SECOND_NS);
    }

    @Test
    void shouldBeginEveryTicketWithOpened() {
        Set<String> known = new HashSet<>();
        for (Event event : eventsOf(SEED, HOUR_NS)) {
            boolean opened = event.type().equals("opened");
            assertThat(opened).as("%s", event).isEqualTo(known.add(event.ticket()));
            if (opened) {
                assertThat(event.attributes()).containsOnlyKeys("channel", "priority", "tier", "team", "language");
            }
        }
    }

    @Test
    void shouldCountTicketsFromTheNumberItIsGiven() {
        List<Event> events = new ArrayList<>();
        new DemoTraffic(SEED, START_NS, 20_500).advance(START_NS + MINUTE_NS, collectInto(events));

        assertThat(events.get(0).ticket()).matches("[CME]-20500");
        assertThat(events).allSatisfy(event -> assertThat(event.ticket()).matches("[CME]-20[5-9]\\d\\d"));
    }

    @Test
    void shouldKeepTheNumberOfOpenTicketsBoundedOverADay() {
        DemoTraffic traffic = new DemoTraffic(SEED, START_NS);
        OpenTickets open = new OpenTickets();
        long events = 0;
        for (long nowNs = START_NS; nowNs < START_NS + 24 * HOUR_NS; nowNs += MINUTE_NS) {
            events += traffic.advance(nowNs, reading(open::apply));
            if (nowNs >= START_NS + DemoTraffic.WARM_UP_NS) {
                assertThat(open.count())
                        .as("open at %s s", (nowNs - START_NS) / SECOND_NS)
                        .isBetween(300, 2_000);
            }
        }
        assertThat(events / (24.0 * 3_600)).as("events a second").isBetween(25.0, 60.0);
        assertThat(open.openedCount() / (24.0 * 3_600)).as("tickets a second").isCloseTo(5, within(0.2));
    }

    @Test
    void shouldContainEveryBuiltInType() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Event event : eventsOf(SEED, HOUR_NS)) {
            counts.merge(event.type(), 1, Integer::sum);
        }
        assertThat(counts).containsOnlyKeys(BuiltInEvents.TYPES);
        assertThat(counts)
                .as("no type is a rarity")
                .allSatisfy((type, count) -> assertThat(count).isGreaterThan(50));
    }

    @Test
    void shouldOnlySayAttributesAndValuesThatPoliciesCanKnow() {
        Map<String, Set<String>> seen = new HashMap<>();
        for (Event event : eventsOf(SEED, HOUR_NS)) {
            event.attributes()
                    .forEach((name, value) -> seen.computeIfAbsent(name, unused -> new TreeSet<>())
                            .add(value));
        }
        Set<String> names = new HashSet<>(VALUES.keySet());
        names.addAll(FREE_TEXTS);

        assertThat(seen).containsOnlyKeys(names);
        VALUES.forEach((name, values) -> assertThat(values).as(name).containsAll(seen.get(name)));
        assertThat(seen.get("agent")).allMatch(agent -> agent.matches("a-\\d+"));
        List.of("channel", "priority", "tier", "team", "language", "csat")
                .forEach(name -> assertThat(seen.get(name)).as(name).hasSameSizeAs(VALUES.get(name)));
    }

    @Test
    void shouldAnswerMostContactsInTimeButNotAll() {
        List<Event> events = eventsOf(SEED, 4 * HOUR_NS);

        assertThat(shareWithin(20 * SECOND_NS, firstAnswersNs("C-", events))).isBetween(0.75, 0.95);
        assertThat(shareWithin(30 * SECOND_NS, firstAnswersNs("M-", events))).isBetween(0.75, 0.95);
        assertThat(shareWithin(2 * MINUTE_NS, firstAnswersNs("E-", events))).isBetween(0.75, 0.95);
    }

    private static List<Long> firstAnswersNs(String prefix, List<Event> events) {
        Map<String, Long> waitingSinceNs = new HashMap<>();
        List<Long> answersNs = new ArrayList<>();
        for (Event event : events) {
            if (event.type().equals("opened") && event.ticket().startsWith(prefix)) {
                waitingSinceNs.put(event.ticket(), event.atNs());
            } else if (event.type().equals("responded") && waitingSinceNs.containsKey(event.ticket())) {
                answersNs.add(event.atNs() - waitingSinceNs.remove(event.ticket()));
            }
        }
        return answersNs;
    }

    private static double shareWithin(long targetNs, List<Long> answersNs) {
        return answersNs.stream().filter(answerNs -> answerNs <= targetNs).count() / (double) answersNs.size();
    }

    private static List<Event> eventsOf(long seed, long lengthNs) {
        List<Event> events = new ArrayList<>();
        int taken = new DemoTraffic(seed, START_NS).advance(START_NS + lengthNs, collectInto(events));
        assertThat(events).hasSize(taken);
        return events;
    }

    private static EventSink collectInto(List<Event> events) {
        EventRecord record = new EventRecord();
        return (buffer, offset, length) -> {
            events.add(Event.of(record.wrap(buffer, offset)));
            assertThat(record.length()).isEqualTo(length);
            return true;
        };
    }

    private static EventSink reading(Consumer<EventRecord> reader) {
        EventRecord record = new EventRecord();
        return (buffer, offset, length) -> {
            reader.accept(record.wrap(buffer, offset));
            return true;
        };
    }

    private record Event(long atNs, String ticket, String type, Map<String, String> attributes) {
        static Event of(EventRecord record) {
            assertThat(record.isAtArrival()).isFalse();
            Map<String, String> attributes = new TreeMap<>();
            while (record.nextAttribute()) {
                boolean number = record.name().matches("csat|nps");
                assertThat(record.valueKind()).isEqualTo(number ? ValueKind.NUMBER : ValueKind.STRING);
                attributes.put(record.name(), record.value());
            }
            return new Event(record.atNs(), record.ticket(), record.type(), attributes);
        }
    }

    private static final class OpenTickets {
        private static final Set<String> ENDINGS = Set.of("resolved", "closed", "abandoned", "cancelled");

        private final Set<String> open = new HashSet<>();
        private long opened;

        void apply(EventRecord record) {
            String type = record.type();
            if (type.equals("opened")) {
                opened++;
            }
            if (type.equals("opened") || type.equals("reopened")) {
                open.add(record.ticket());
            } else if (ENDINGS.contains(type)) {
                open.remove(record.ticket());
            }
        }

        int count() {
            return open.size();
        }

        long openedCount() {
            return opened;
        }
    }
}
