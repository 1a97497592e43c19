package io.tocsin.app.whatif;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.replay.Source;
import io.tocsin.app.replay.Until;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.CycleFacts;
import io.tocsin.engine.view.CycleFacts.Promise;
import io.tocsin.engine.view.TicketFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a source's events through two engines at once, under the old policy and under the new one, and compares what becomes
 * of each cycle. A cycle is the same in both if it is of the same clock and ticket and started at the same instant. Tickets
 * that were cancelled are in no figure. One thread, once.
 */
final class Comparison {
    private static final String CANCELLED = "cancelled";
    /** Engine time before the first record: nothing accepted is earlier. */
    private static final long BEGINNING_NS = 0;

    private final Source source;
    private final Engine before;
    private final Engine after;
    private final Span span;
    private final List<String> by;
    private final Lives lives;
    private final Map<List<String>, Group> groups = new TreeMap<>(Comparator.comparing(Object::toString));
    private final Group total = new Group(Map.of());
    private final List<Flip> flips = new ArrayList<>();
    private long events;

    /** Cycles that started in it are compared. */
    record Span(long fromNs, long toNs) {
        static final Span ALL = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

        boolean has(CycleFacts cycle) {
            long startNs = cycle.clock().startedNs();
            return startNs >= fromNs && startNs < toNs;
        }
    }

    /** Tickets that have the same values of the attributes asked for; null stands for none. */
    record Group(Map<String, @Nullable Object> key, Map<String, Difference> clocks) {
        Group(Map<String, @Nullable Object> key) {
            this(key, new LinkedHashMap<>());
        }

        Difference clock(String name) {
            return clocks.computeIfAbsent(name, added -> Difference.none());
        }
    }

    private record CycleKey(String clock, long startNs, int turn) {}

    private record Side(TicketFacts ticket, CycleFate fate) {}

    /** @param old the old policies, or null if they are among the records of the source */
    Comparison(Source source, @Nullable PolicySet old, PolicySet changed, Span span, List<String> by) {
        this.source = source;
        this.span = span;
        this.by = by;
        before = new Engine(source.engineConfig(), new PolicyFile(), (buffer, offset, length) -> {});
        after = new Engine(source.engineConfig(), new PolicyFile(), (buffer, offset, length) -> {});
        lives = new Lives(before, after, this::compare);
        if (old != null) {
            before.use(old, BEGINNING_NS);
        }
        after.use(changed, BEGINNING_NS);
    }

    /** Runs it all. */
    Comparison run(Until until) throws IOException {
        source.forEach(this::apply);
        until.moveOn(before);
        until.moveOn(after);
        lives.finish();
        flips.sort(Flip.MOST_TELLING_FIRST);
        return this;
    }

    /** How many events there were. */
    long events() {
        return events;
    }

    /** How many tickets were opened, as the old policy forgets them. */
    long tickets() {
        return before.views().counters().tickets();
    }

    /** How many lines were no events. */
    long rejected() {
        return source.rejected();
    }

    /** Everything. */
    Group total() {
        return total;
    }

    /** By attributes, in the order of their keys; none if no attributes were asked for. */
    List<Group> groups() {
        return List.copyOf(groups.values());
    }

    /** What flips, the most telling first. */
    List<Flip> flips() {
        return Collections.unmodifiableList(flips);
    }

    /** The names of clocks, in the clocks' order. */
    List<String> clocks() {
        List<String> names = new ArrayList<>();
        for (EngineViews views : List.of(before.views(), after.views())) {
            views.policies().clocks().stream()
                    .map(clock -> clock.name())
                    .filter(name -> !names.contains(name) && total.clocks().containsKey(name))
                    .forEach(names::add);
        }
        total.clocks().keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        return names;
    }

    private void apply(EventRecord record) {
        before.apply(record);
        after.advance(
                record.arrivalNs()); // Time is the same for both, whatever a record says, also of what it overtook.
        if (record.is(RecordKind.EVENT)) {
            after.apply(record);
            events++;
        }
    }

    private void compare(List<TicketFacts> oldLives, List<TicketFacts> newLives) {
        Map<CycleKey, Side> olds = sides(oldLives, before);
        Map<CycleKey, Side> news = sides(newLives, after);
        olds.forEach((key, old) -> compare(old, news.remove(key)));
        news.values().forEach(side -> compare(null, side));
    }

    private void compare(@Nullable Side old, @Nullable Side changed) {
        if (old != null) {
            count(old, Difference::before);
        }
        if (changed != null) {
            count(changed, Difference::after);
        }
        Outcome from = old == null ? null : old.fate.outcome();
        Outcome to = changed == null ? null : changed.fate.outcome();
        Side any = changed == null ? old : changed;
        if (from != to && any != null) {
            flips.add(new Flip(
                    any.ticket.ticket().ticket(),
                    any.ticket.ticket().attributes(),
                    old == null ? null : old.fate,
                    changed == null ? null : changed.fate));
        }
    }

    private void count(Side side, Function<Difference, Tally> which) {
        String clock = side.fate.clock().clock();
        which.apply(total.clock(clock)).add(side.fate);
        if (!by.isEmpty()) {
            which.apply(group(side.ticket).clock(clock)).add(side.fate);
        }
    }

    private Group group(TicketFacts ticket) {
        Map<String, Object> attributes = ticket.ticket().attributes();
        Object[] values = by.stream().map(attributes::get).toArray();
        List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
        return groups.computeIfAbsent(texts, added -> {
            Map<String, @Nullable Object> key = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                key.put(by.get(i), values[i]);
            }
            return new Group(key);
        });
    }

    private Map<CycleKey, Side> sides(List<TicketFacts> lives, Engine engine) {
        Map<CycleKey, Side> sides = new LinkedHashMap<>();
        Map<CycleKey, Integer> turns = new HashMap<>();
        for (TicketFacts ticket : lives) {
            for (CycleFacts cycle : ticket.cycles()) {
                CycleKey start =
                        new CycleKey(cycle.clock().clock(), cycle.clock().startedNs(), 0);
                int turn = turns.merge(start, 1, Integer::sum);
                Promise promise = cycle.promise();
                boolean counts = !ticket.ticket().status().equals(CANCELLED) && span.has(cycle);
                if (promise != null && counts) {
                    sides.put(
                            new CycleKey(start.clock, start.startNs, turn),
                            new Side(ticket, CycleFate.of(cycle.clock(), promise, engine.nowNs())));
                }
            }
        }
        return sides;
    }
}
