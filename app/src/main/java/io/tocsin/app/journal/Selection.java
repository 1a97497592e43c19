package io.tocsin.app.journal;

import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which records of a folder are printed. */
final class Selection {
    @Option(
            names = "--ticket",
            paramLabel = "ID",
            description = "Only what is about this ticket; may be given several times.")
    private Set<String> tickets = Set.of();

    @ArgGroup
    private Journal journal = new Journal();

    /** One of the two at most: there are no policies among the alerts. */
    static final class Journal {
        @Option(names = "--alerts", description = "The alerts that were kept instead of the events.")
        private boolean alerts;

        @Option(
                names = "--policies",
                description =
                        "Also what is no event: the policies, each at the position from which it was in force, and how"
                                + " many timers had fired where events overtook others.")
        private boolean policies;
    }

    /** The journal asked for. */
    Entries entries(Path folder) {
        return Entries.of(folder, journal.alerts);
    }

    /** Whether to print an entry. */
    boolean has(Entry entry) {
        if (!entry.isOfTicket()) {
            return journal.policies;
        }
        return tickets.isEmpty() || tickets.contains(entry.ticket());
    }
}
