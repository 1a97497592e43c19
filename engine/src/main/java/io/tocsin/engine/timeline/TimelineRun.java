package io.tocsin.engine.timeline;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.CycleFacts;
import io.tocsin.engine.view.CycleFacts.Promise;
import io.tocsin.engine.view.TicketFacts;
import io.tocsin.engine.view.TicketView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the records of one ticket through an engine that knows no other, and notes what each of them changed. Policies first,
 * then {@link #apply}, then {@link #moveOn}, then {@link #timeline}. One thread, once.
 */
public final class TimelineRun {
    /** Engine time before the first record: nothing accepted is earlier. */
    private static final long BEGINNING_NS = 0;

    private static final Effect ORPHANED = Effect.of("orphaned, changes nothing: the ticket was not known then");

    private final TicketRecords records;
    private final PolicyReader policyReader;
    private final Detections detections;
    private final Engine engine;
    private final AlertRecord alert = new AlertRecord();
    private final Map<CycleKey, CycleStory> stories = new HashMap<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Forgotten> forgotten = new ArrayList<>();
    private final List<Crossing> announced = new ArrayList<>();
    private boolean applying;
    private long lastArrivalNs;

    private record CycleKey(String clock, int cycle) {
        static CycleKey of(CycleFacts facts) {
            return new CycleKey(facts.clock().clock(), facts.clock().cycle());
        }
    }

    private record Forgotten(TicketView ticket, long atNs, List<ClockTimeline> clocks) {}

    /** A run of these records, under the policies among them. */
    public TimelineRun(TicketRecords records, PolicyReader policyReader, Detections detections) {
        this.records = records;
        this.detections = detections;
        this.policyReader = policyReader;
        engine = new Engine(new EngineConfig(records.rememberedIds()), policyReader, this::onAlert);
        engine.onForget(ticket -> onForget(engine.views().factsAt(ticket)));
    }

    /** Puts policies into force before everything else. */
    public void use(PolicySet policies) {
        engine.use(policies, BEGINNING_NS);
    }

    /** As above, one policy file after the other, as they came into force before the first of the records. */
    public void use(List<String> policyTexts) {
        policyTexts.forEach(text -> use(policyReader.read(text)));
    }

    /**
     * Applies the records.
     *
     * @param pulse is called before each, and may end the run by throwing
     */
    public void apply(Runnable pulse) {
        EventRecord record = new EventRecord();
        for (DirectBuffer buffer : records.records()) {
            pulse.run();
            record.wrap(buffer, 0);
            engine.advance(record.arrivalNs());
            apply(record);
        }
    }

    /** Moves time on after the last record. */
    public void moveOn(Consumer<Engine> mover) {
        mover.accept(engine);
    }

    /** What the run comes to; empty when the ticket is not known, or forgotten. */
    public Optional<TicketFacts> facts() {
        return engine.views().facts(records.ticket());
    }

    /**
     * What came of it; empty when there is no trace of the ticket.
     *
     * @param known what another engine knows of the ticket at the same time, to be shown instead of what this one came to; null
     *     when there is none
     */
    public Optional<Timeline> timeline(@Nullable TicketFacts known) {
        TicketFacts current = known == null ? facts().orElse(null) : known;
        if (known != null) {
            // What opened the ticket is missing: that its events changed nothing is not so.
            happenings.replaceAll(TimelineRun::withoutOrphan);
        }
        if (current != null) {
            return Optional.of(timeline(current.ticket(), ClockView.NONE, clocks(current, engine.nowNs()), forgotten));
        }
        if (!forgotten.isEmpty()) {
            Forgotten last = forgotten.get(forgotten.size() - 1);
            return Optional.of(
                    timeline(last.ticket(), last.atNs(), last.clocks(), forgotten.subList(0, forgotten.size() - 1)));
        }
        return records.eventCount() == 0
                ? Optional.empty()
                : Optional.of(new Timeline(
                        records.ticket(),
                        null,
                        null,
                        Map.of(),
                        engine.nowNs(),
                        ClockView.NONE,
                        null,
                        List.of(),
                        List.of(),
                        happenings));
    }

    private Timeline timeline(
            TicketView ticket, long forgottenNs, List<ClockTimeline> clocks, List<Forgotten> earlier) {
        List<Timeline.Life> lives = earlier.stream()
                .map(life -> new Timeline.Life(life.ticket().status(), life.atNs(), life.clocks()))
                .toList();
        return new Timeline(
                ticket.ticket(),
                ticket.status(),
                ticket.policy(),
                ticket.attributes(),
                engine.nowNs(),
                forgottenNs,
                null,
                clocks,
                lives,
                happenings);
    }

    private List<ClockTimeline> clocks(TicketFacts facts, long asOfNs) {
        List<ClockTimeline> clocks = new ArrayList<>();
        for (CycleFacts cycle : facts.cycles()) {
            Promise promise = cycle.promise();
            if (promise != null) {
                CycleStory story = stories.getOrDefault(CycleKey.of(cycle), CycleStory.UNKNOWN);
                clocks.add(story.tell(cycle, promise, asOfNs, detections));
            }
        }
        return clocks;
    }

    // ---- one record

    private void apply(EventRecord record) {
        TicketFacts before = facts().orElse(null);
        CountersView counted = engine.views().counters();
        announced.clear();
        applying = true;
        engine.apply(record);
        applying = false;
        TicketFacts after = facts().orElse(null);
        Cause cause = cause(record);
        List<Effect> effects = idle(counted);
        if (effects.isEmpty() && after != null) {
            effects = Effects.between(before, after, announced);
            note(before, after, cause);
        }
        if (cause.kind() == Cause.Kind.EVENT || !effects.isEmpty()) {
            happenings.add(new Happening(cause, attributes(record), effects));
        }
    }

    /** Says of an event that changes nothing why that is so; nothing of any other. */
    private List<Effect> idle(CountersView before) {
        CountersView after = engine.views().counters();
        if (after.duplicates() > before.duplicates()) {
            return List.of(Effect.of("a duplicate, changes nothing"));
        }
        if (after.orphaned() > before.orphaned()) {
            return List.of(ORPHANED);
        }
        return List.of();
    }

    private static Happening withoutOrphan(Happening happening) {
        return happening.effects().contains(ORPHANED)
                ? new Happening(happening.cause(), happening.attributes(), List.of())
                : happening;
    }

    private void note(@Nullable TicketFacts before, TicketFacts after, Cause cause) {
        if (cause.kind() == Cause.Kind.EVENT) {
            lastArrivalNs = cause.arrivedNs();
        }
        Map<CycleKey, CycleFacts> earlier = new HashMap<>();
        if (before != null) {
            before.cycles().forEach(cycle -> earlier.put(CycleKey.of(cycle), cycle));
        }
        for (CycleFacts cycle : after.cycles()) {
            CycleKey key = CycleKey.of(cycle);
            story(key)
                    .note(
                            earlier.get(key),
                            cycle,
                            after.ticket(),
                            engine.views().policies(),
                            cause);
        }
    }

    private static Cause cause(EventRecord record) {
        return record.is(RecordKind.POLICY)
                ? new Cause(Cause.Kind.POLICY, "policy replaced", record.arrivalNs(), record.arrivalNs(), "")
                : new Cause(Cause.Kind.EVENT, record.type(), record.atNs(), record.arrivalNs(), record.id());
    }

    private static List<Happening.Attribute> attributes(EventRecord record) {
        List<Happening.Attribute> attributes = new ArrayList<>();
        record.firstAttribute();
        while (record.nextAttribute()) {
            attributes.add(new Happening.Attribute(record.name(), record.valueKind(), record.value()));
        }
        return attributes;
    }

    // ---- what the engine says

    private void onAlert(DirectBuffer buffer, int offset, int length) {
        alert.wrap(buffer, offset);
        List<String> to = new ArrayList<>();
        for (String recipient = alert.nextTo(); recipient != null; recipient = alert.nextTo()) {
            to.add(recipient);
        }
        Crossing crossing = new Crossing(
                alert.kind(),
                alert.threshold(),
                alert.level(),
                alert.atNs(),
                alert.id(),
                alert.revokes(),
                to,
                applying,
                alert.detectedNs(),
                ClockView.NONE);
        story(new CycleKey(alert.clock(), alert.cycle())).note(crossing);
        announced.add(crossing);
    }

    private void onForget(TicketFacts facts) {
        long atNs = lastArrivalNs + engine.views().policies().forgetAfterNs();
        forgotten.add(new Forgotten(facts.ticket(), atNs, clocks(facts, atNs)));
        Cause cause = new Cause(Cause.Kind.FORGOTTEN, "forgotten", atNs, atNs, "");
        happenings.add(new Happening(cause, List.of(), List.of(Effect.of("the ticket left memory"))));
        stories.clear();
    }

    private CycleStory story(CycleKey key) {
        return stories.computeIfAbsent(key, added -> new CycleStory());
    }
}
