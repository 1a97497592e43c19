package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import io.tocsin.app.serve.Damage.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers on a folder whose events are torn, changed or missing. */
class DamagedEventsTest {
    /** The policy. */
    private static final int BEFORE_EVENTS = 1;

    @TempDir
    Path parent;

    private FaultyFolder folder;

    @BeforeEach
    void nameTheFolder() throws Exception {
        folder = new FaultyFolder(parent);
    }

    @Test
    void shouldRefuseATornLastRecordAndGoOnWithoutItWhenToldTo() throws Exception {
        try (ServerProcess server = folder.serve()) {
            FaultyFolder.openAndBreach(server.api(), "T1", "T2");
            server.api().accept(Api.JSON, "{\"ticket\":\"T2\",\"type\":\"responded\"}", 1);
            server.kill();
        }
        int torn = BEFORE_EVENTS + 2;
        Path file = Damage.files(folder.path(), "events").get(0);
        Document last = Damage.last(file);
        Damage.tear(file, last, last.length() / 2);
        assertThat(folder.refusal())
                .matches(damaged(file, last, torn, "its checksum is [0-9a-f]{8}, its bytes give .{8}"));
        Damage.tear(file, last, 0);
        assertThat(folder.refusal()).matches(damaged(file, last, torn, "it is of version 0, this build reads 1"));
        assertThat(folder.run("replay", folder.path()).errorLines())
                .singleElement()
                .matches(line -> line.matches(damaged(file, last, torn, ".*")));

        try (ServerProcess server = folder.serve("--skip", torn)) {
            assertThat(server.complaints()).containsExactly(goingOnWithout(torn));
            assertThat(server.api().counters().get("tickets").asInt()).isEqualTo(2);
            FaultyFolder.openAndBreach(server.api(), "T3");
            server.kill();
        }
        try (ServerProcess server = folder.serve()) {
            assertThat(server.api().counters().get("tickets").asInt()).isEqualTo(3);
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
        }
        folder.assertWhole("T1", "T2", "T3");
    }

    @Test
    void shouldRefuseAChangedByteAmongTheEventsAndGoOnWithoutThatBatchWhenToldTo() throws Exception {
        try (ServerProcess server = folder.serve()) {
            FaultyFolder.open(server.api(), "T1");
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"responded\"}", 1);
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"commented\"}", 1);
            FaultyFolder.openAndBreach(server.api(), "T2");
            server.kill();
        }
        Path file = Damage.files(folder.path(), "events").get(0);
        Damage.flip(file, "commented");
        int changed = BEFORE_EVENTS + 2;
        Document document = Damage.documents(file).get(changed);

        assertThat(folder.refusal())
                .matches(damaged(file, document, changed, "its checksum is [0-9a-f]{8}, its bytes give .{8}"));
        try (ServerProcess server = folder.serve("--skip", changed)) {
            assertThat(server.complaints()).containsExactly(goingOnWithout(changed));
            assertThat(server.terminate()).isZero();
        }
        folder.assertWhole("T1", "T2");
    }

    /** What a snapshot stands in for need not be read. */
    @Test
    void shouldNotMindDamageThatLiesBeforeTheSnapshot() throws Exception {
        folder.openAndBreach("T1", "T2");
        Path file = Damage.files(folder.path(), "events").get(0);
        Damage.flip(file, "T1");
        try (ServerProcess server = folder.serve()) {
            FaultyFolder.openAndBreach(server.api(), "T3");
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
        }
        Document document = Damage.documents(file).get(BEFORE_EVENTS);
        for (List<String> command : List.of(List.of("replay"), List.of("journal", "verify"))) {
            List<Object> arguments = new ArrayList<>(command);
            arguments.add(folder.path());
            CommandRun run = folder.run(arguments.toArray());
            assertThat(run.errorLines())
                    .singleElement()
                    .matches(line -> line.matches(damaged(
                            file, document, BEFORE_EVENTS, "its checksum is [0-9a-f]{8}, its bytes give .{8}")));
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseWhenAFileInTheMiddleOrTheOldestIsMissing() throws Exception {
        for (String ticket : List.of("T1", "T2", "T3")) {
            folder.openAndBreach(ticket);
        }
        List<Path> files = Damage.files(folder.path(), "events");
        moveSnapshotsAway();
        Path aside = parent.resolve("aside");

        Path second = files.get(1).getParent();
        Files.move(second, aside);
        assertThat(folder.refusal()).isEqualTo(missing(files.get(2), 3, 2));
        Files.move(aside, second);
        Path first = files.get(0).getParent();
        Files.move(first, aside);
        assertThat(folder.refusal()).isEqualTo(missing(files.get(1), 2, 0));
        Files.move(aside, first);
        folder.assertWhole("T1", "T2", "T3");
    }

    @Test
    void shouldRefuseWhenTheNewestFileIsMissingAndASnapshotOrAnAlertKnowsOfIt() throws Exception {
        for (String ticket : List.of("T1", "T2")) {
            folder.openAndBreach(ticket);
        }
        Path newest = Damage.files(folder.path(), "events").get(1);
        Files.delete(newest);

        assertThat(folder.refusal())
                .isEqualTo("tocsin: the events end before position 2, but a snapshot has those before 3: a file of the"
                        + " events is missing or shortened; put it back from a copy, or move the snapshots away to go on"
                        + " without those events");
        moveSnapshotsAway();
        assertThat(folder.refusal())
                .isEqualTo(
                        "tocsin: 4 alerts are kept, but the events give only 2: the last events are lost, or files of"
                                + " another time were put back; put back the folder from a copy, or move the alerts away, which"
                                + " are then given anew");
        Files.move(folder.alerts(), parent.resolve("alerts-aside"));
        try (ServerProcess server = folder.serve()) {
            Await.until("the alert of what is left is given anew", () -> FaultyFolder.breaches(server.api()) == 1);
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
        }
        folder.assertWhole("T1");
    }

    @Test
    void shouldRefuseToSkipWhatIsNotThere() throws Exception {
        folder.openAndBreach("T1");
        CommandRun run = ServerProcess.run(parent, "serve", "--port", 0, "--data", folder.path(), "--skip", 2);
        assertThat(run.errorLines())
                .containsExactly("tocsin: --skip is 2, the events in " + folder.path() + " have the positions 0 to 1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(folder.path().resolve("skipped")).doesNotExist();
        Path none = parent.resolve("none");
        assertThat(folder.run(
                                "serve",
                                "--port",
                                0,
                                "--data",
                                none,
                                "--policy",
                                parent.resolve("policy.yaml"),
                                "--skip",
                                0)
                        .errorLines())
                .containsExactly("tocsin: --skip is for a data folder that has events, " + none + " is none");
        assertThat(none).doesNotExist();
    }

    private void moveSnapshotsAway() throws Exception {
        Files.move(folder.path().resolve("snapshots"), parent.resolve("snapshots-aside"));
    }

    private String missing(Path file, int found, int expected) throws Exception {
        return "tocsin: events in " + folder.events() + ": the document at byte "
                + Damage.documents(file).get(0).offset() + " of "
                + folder.events().relativize(file)
                + " begins with position " + found + ", expected " + expected
                + ": a file is missing or was put there, or a document is damaged; put back the folder from a copy, or"
                + " start the server with --skip " + expected + ", which gives up what is damaged there";
    }

    /** A pattern. */
    private String damaged(Path file, Document document, int position, String why) {
        return "tocsin: events in " + folder.events() + ": the document at byte " + document.offset() + " of "
                + folder.events().relativize(file) + ", of position " + position + ", is damaged: " + why
                + "; put back the folder from a copy, or start the server with --skip " + position
                + ", which gives up what is damaged there";
    }

    private static String goingOnWithout(int position) {
        return "tocsin: going on without position " + position
                + " of the events, as told: without the record there, or all that is damaged there";
    }
}
