package io.tocsin.app.timeline;

import io.tocsin.app.journal.WholeJournal;
import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.replay.Until;
import io.tocsin.app.text.Progress;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.RecoveredEngine;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.timeline.TicketRecords;
import io.tocsin.engine.timeline.Timeline;
import io.tocsin.engine.timeline.TimelineRun;
import io.tocsin.engine.view.TicketFacts;
import io.tocsin.engine.view.TicketOrigin;
import io.tocsin.http.Timelines;
import io.tocsin.journal.ArrivalSearch;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import io.tocsin.journal.SnapshotFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Timelines out of a data folder, beside the engine that writes it. What the engine knows decides; the records say how it
 * came about. They are read from where the ticket's first clock started, and from the beginning only if what they come to
 * differs from what the engine knows. Any thread; each reading opens files of its own.
 */
public final class JournalTimelines implements Timelines {
    private final Path folder;
    private final Supplier<KeptDetections.Kept> alerts;
    private final PolicyFile policyFile = new PolicyFile();

    /** A reading of the journal from a position on. */
    private record Reading(TicketRecords records, TimelineRun run) {
        /** Whether the records alone come to what the engine knows. */
        boolean comesTo(TicketOrigin origin) {
            Optional<TicketFacts> facts = run.facts();
            return facts.isPresent() && origin.facts().isPresent()
                    ? facts.get().isSameAs(origin.facts().get())
                    : facts.isEmpty() && origin.facts().isEmpty();
        }
    }

    /**
     * For a data folder whose server runs.
     *
     * @param alerts the server's own
     */
    public JournalTimelines(Path folder, AlertJournal alerts) {
        this(folder, () -> keptBy(alerts));
    }

    /** For a data folder that may have a server or not: its alerts are looked at anew each time. */
    JournalTimelines(Path folder) {
        this(folder, () -> new FolderAlerts(folder));
    }

    private JournalTimelines(Path folder, Supplier<KeptDetections.Kept> alerts) {
        this.folder = folder;
        this.alerts = alerts;
    }

    @Override
    public Optional<Timeline> read(String ticket, TicketOrigin origin, Runnable pulse) {
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder)) {
            long first = journal.firstPosition();
            long start = Math.max(first, start(origin, first));
            Reading reading = read(journal, start, ticket, origin, pulse);
            if (start > first && !reading.comesTo(origin)) {
                reading = read(journal, first, ticket, origin, pulse);
            }
            TicketFacts known = reading.comesTo(origin) ? null : origin.facts().orElse(null);
            String gap = gap(journal, first, start, reading, origin);
            return reading.run().timeline(known).map(timeline -> gap == null ? timeline : timeline.with(gap));
        }
    }

    /**
     * The timeline of a ticket as of the last record, from the first one on; empty when there is no trace of it.
     *
     * @param instead policies that are tried instead of the folder's own, or null
     * @param until how far time goes after the last record
     * @throws IllegalStateException if the journal is damaged, or other policies are to be tried and its beginning was given up
     */
    Optional<Timeline> readAll(String ticket, @Nullable PolicySet instead, Until until) {
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder);
                Progress progress = Progress.ofRecords("events", journal.endPosition())) {
            if (journal.firstPosition() > 0 && instead == null) {
                return read(ticket, recovered(ticket, journal, until), () -> {});
            }
            TicketReading reading = new TicketReading(
                    ticket, instead == null, DataFolder.engineConfig(folder).rememberedIds());
            EventRecord record = new EventRecord();
            WholeJournal.replay(journal, folder, (buffer, offset, length, position) -> {
                progress.to(position);
                reading.offer(record.wrap(buffer, offset));
            });
            return reading.timeline(instead, until, new KeptDetections(alerts.get(), () -> {}));
        }
    }

    /** What the snapshots know, where the events do not reach back far enough. */
    private TicketOrigin recovered(String ticket, EventJournal journal, Until until) {
        RecoveredEngine recovered =
                RecoveredEngine.of(DataFolder.engineConfig(folder), policyFile, journal, SnapshotFolder.of(folder));
        until.moveOn(recovered.engine());
        EngineViews views = recovered.engine().views();
        return new TicketOrigin(views.facts(ticket), views.policyTexts(), recovered.position(), views.nowNs());
    }

    private long start(TicketOrigin origin, long first) {
        long firstStartNs = origin.facts().map(TicketFacts::firstStartNs).orElse(Long.MAX_VALUE);
        return firstStartNs == Long.MAX_VALUE ? first : new ArrivalSearch(folder).positionBefore(firstStartNs);
    }

    private Reading read(EventJournal journal, long from, String ticket, TicketOrigin origin, Runnable pulse) {
        TicketRecords records =
                new TicketRecords(ticket, true, DataFolder.engineConfig(folder).rememberedIds());
        collect(journal, from, origin.position(), records, pulse);
        TimelineRun run = new TimelineRun(records, policyFile, new KeptDetections(alerts.get(), pulse));
        List<String> policies = origin.policies();
        run.use(policies.subList(0, policies.size() - records.policyCount()));
        run.apply(pulse);
        run.moveOn(engine -> engine.advance(Math.max(engine.nowNs(), origin.asOfNs())));
        return new Reading(records, run);
    }

    private static void collect(EventJournal journal, long from, long end, TicketRecords records, Runnable pulse) {
        EventRecord record = new EventRecord();
        try {
            journal.replay(from, (buffer, offset, length, position) -> {
                if (position >= end) {
                    throw new Enough();
                }
                if ((position & 0xFFF) == 0) {
                    pulse.run();
                }
                records.offer(record.wrap(buffer, offset));
            });
        } catch (Enough e) {
            // What came later is not of this moment.
        }
    }

    /** Why something may be missing, or null. */
    @Nullable
    private static String gap(EventJournal journal, long first, long start, Reading reading, TicketOrigin origin) {
        if (reading.comesTo(origin)
                && (first == 0 || start > first || reading.run().facts().isPresent())) {
            return null;
        }
        return first > 0
                ? "the events before position " + first + " of the journal were given up, as journal.retention has it"
                : "the engine knows more of this ticket than its own events say";
    }

    private static KeptDetections.Kept keptBy(AlertJournal journal) {
        return new KeptDetections.Kept() {
            @Override
            public long lastSeq() {
                return journal.lastSeq();
            }

            @Override
            public void read(long afterSeq, int limit, AlertJournal.Handler handler) {
                journal.read(afterSeq, limit, handler);
            }
        };
    }
}
