package io.tocsin.app.replay;

import io.tocsin.app.Failure;
import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Where commands find past events: a file of them, standard input, or a server's data folder. */
public final class Sources {
    private static final String STANDARD_INPUT = "-";
    private static final int BUFFER_LENGTH = 1 << 16;

    private Sources() {}

    /**
     * Opens a source.
     *
     * @param command the command's name, for messages
     * @param source a file ({@code .ndjson}, {@code .ndjson.gz}), {@code -} for standard input, or a data folder
     * @param ownPolicies whether no other policy was given: a data folder brings its own, a file has none
     * @param strict whether the first invalid line ends the replay
     * @param err where invalid lines are told
     * @throws Failure of input if it is not there, cannot be opened, or has no policy and needs one
     */
    public static Source open(String command, String source, boolean ownPolicies, boolean strict, PrintWriter err) {
        check(source);
        if (isDataFolder(source)) {
            return new JournalSource(Path.of(source), ownPolicies);
        }
        if (ownPolicies) {
            throw Failure.ofInput(command + ": " + source + " brings no policy; give one with --policy FILE");
        }
        if (source.equals(STANDARD_INPUT)) {
            return new FileSource("standard input", System.in, strict, err);
        }
        return new FileSource(source, openFile(Path.of(source)), strict, err);
    }

    /**
     * Checks that a source is there.
     *
     * @throws Failure of input if it is neither a file nor a data folder
     */
    public static void check(String source) {
        if (source.equals(STANDARD_INPUT) || isDataFolder(source)) {
            return;
        }
        Path path = Path.of(source);
        if (!Files.exists(path)) {
            throw Failure.ofInput(source + ": there is no such file; give a file of events or a data folder");
        }
        if (Files.isDirectory(path)) {
            throw Failure.ofInput(source + ": is neither a file of events nor a data folder; check the path");
        }
    }

    /** Whether a source is a server's data folder. */
    public static boolean isDataFolder(String source) {
        return !source.equals(STANDARD_INPUT) && DataFolder.isDataFolder(Path.of(source));
    }

    /**
     * The policy that was in force last in a data folder; empty when none ever came.
     *
     * @param asOfNs records that arrived later are passed over
     */
    public static Optional<PolicySet> lastPolicy(Path folder, long asOfNs) {
        EventRecord record = new EventRecord();
        String[] last = new String[1];
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder)) {
            journal.replay(journal.firstPosition(), (buffer, offset, length, position) -> {
                record.wrap(buffer, offset);
                if (record.kind() == RecordKind.POLICY && record.arrivalNs() <= asOfNs) {
                    last[0] = record.policyText();
                }
            });
        }
        return Optional.ofNullable(last[0]).map(text -> new PolicyFile().read(text));
    }

    private static InputStream openFile(Path path) {
        try {
            InputStream in = new ReplayProgress(
                    Files.newInputStream(path), path.getFileName().toString(), Files.size(path));
            return path.toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER_LENGTH) : in;
        } catch (IOException e) {
            throw Failure.ofInput(path + ": cannot be opened (" + e.getMessage() + "); check that it may be read"
                    + (path.toString().endsWith(".gz") ? " and is gzip" : ""));
        }
    }
}
