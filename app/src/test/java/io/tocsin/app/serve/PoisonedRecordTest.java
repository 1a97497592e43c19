package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.Failure;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that cannot be applied, in the journal or on its way there: it stops the engine until it is given up. */
class PoisonedRecordTest {
    private static final String NONSENSE = "nonsense";

    @TempDir
    Path parent;

    private FaultyFolder folder;

    @BeforeEach
    void nameTheFolder() throws Exception {
        folder = new FaultyFolder(parent);
    }

    @Test
    void shouldRefuseToStartOnARecordThatCannotBeAppliedAndGoOnWithoutItWhenToldTo() throws Exception {
        folder.openAndBreach("T1");
        try (DataFolder open = DataFolder.open(folder.path());
                EventJournal journal = ChronicleEventJournal.open(open)) {
            EventRecordWriter record = new EventRecordWriter().policy(NONSENSE);
            new EventRecord().wrap(record.buffer(), 0).stamp(new SystemEpochNanoClock().nanoTime());
            assertThat(journal.append(record.buffer(), 0, record.length())).isEqualTo(2);
            journal.commit();
        }
        String refusal = "tocsin: " + cannotApply(2);
        assertThat(folder.refusal()).matches(refusal);
        assertThat(folder.run("snapshot", folder.path()).errorLines())
                .singleElement()
                .matches(line -> line.matches(refusal));
        assertThat(folder.run("replay", folder.path()).errorLines())
                .singleElement()
                .matches(line -> line.matches(refusal));
        try (ServerProcess server = folder.serve("--skip", 2)) {
            assertThat(server.complaints())
                    .containsExactly("tocsin: going on without position 2 of the events, as told: without the record"
                            + " there, or all that is damaged there");
            FaultyFolder.openAndBreach(server.api(), "T2");
            server.kill();
        }
        try (ServerProcess server = folder.serve()) {
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
        }
        folder.assertWhole("T1", "T2");
    }

    /** Nothing that is offered to a server gets so far; so it goes in behind the server's back. */
    @Test
    void shouldStopTheEngineAndLoseNothingThatWasAcknowledged() throws Exception {
        try (TestServer server = TestServer.start(folder.path(), TestServer.FAST)) {
            FaultyFolder.openAndBreach(server.api(), "T1");
            EventRecordWriter record = new EventRecordWriter().policy(NONSENSE);
            server.live().gate().offer(record.buffer(), 0, record.length());

            Failure failure = ServeCommand.stopped(server.failed().get(30, TimeUnit.SECONDS));
            assertThat(failure.lines())
                    .singleElement()
                    .matches(line ->
                            line.matches("the engine has stopped, what was acknowledged is kept: " + cannotApply(2)));
            assertThat(failure.exitCode()).isEqualTo(1);
            assertThat(server.api()
                            .post(Api.JSON, "{\"ticket\":\"T2\",\"type\":\"opened\"}")
                            .status())
                    .isEqualTo(503);
        }
        assertThat(folder.refusal()).matches("tocsin: " + cannotApply(2));
        try (ServerProcess server = folder.serve("--skip", 2)) {
            assertThat(server.api().counters().get("tickets").asInt()).isEqualTo(1);
            assertThat(server.terminate()).isZero();
        }
        folder.assertWhole("T1");
    }

    /** A pattern. */
    private static String cannotApply(int position) {
        return "journal position " + position + ": cannot apply a policy: .*nonsense.*; report it, and start the server"
                + " with --skip " + position + ", which gives up this record";
    }
}
