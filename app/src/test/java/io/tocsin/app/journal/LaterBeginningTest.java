package io.tocsin.app.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tocsin.app.serve.ServedFolder;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.http.json.Json;
import io.tocsin.journal.ChronicleEventJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose oldest records were given up: positions go on as they were. */
class LaterBeginningTest {
    private static final int FIRST = 3;

    @TempDir
    private Path parent;

    private Path folder;
    private EventJournal journal;

    @BeforeEach
    void serve() throws Exception {
        folder = parent.resolve("data");
        try (ServedFolder server = ServedFolder.open(folder)) {
            for (int i = 1; i <= 5; i++) {
                server.send("{\"ticket\":\"T" + i + "\",\"type\":\"updated\"}");
            }
        }
        journal = new WithoutItsBeginning(ChronicleEventJournal.readOnly(folder));
    }

    @Test
    void shouldPrintWhatIsThere() {
        List<String> all = JournalRun.lines("dump", folder);
        EventEntries entries = new EventEntries(journal);
        List<String> printed = new ArrayList<>();
        entries.visit(0, entry -> printed.add(new String(Json.bytes(entry::write), StandardCharsets.UTF_8)));
        assertThat(printed).isEqualTo(all.subList(FIRST - 1, 5));
        assertThat(Tail.of(entries, new Selection(), 10).lines().stream()
                        .map(line -> new String(line, StandardCharsets.UTF_8)))
                .isEqualTo(printed);
    }

    @Test
    void shouldVerifyWhatIsThere() {
        PartReport report = new EventsPart(folder, journal).verify();
        assertThat(report.problem()).isNull();
        assertThat(report.records()).isEqualTo(3);
        assertThat(report.first()).isEqualTo(FIRST);
        assertThat(report.last()).isEqualTo(5);
    }

    @Test
    void shouldSayThatAReplayNeedsTheBeginning() {
        assertThatIllegalStateException()
                .isThrownBy(() -> WholeJournal.replay(journal, folder, (buffer, offset, length, position) -> {
                    throw new AssertionError("nothing may be replayed");
                }))
                .withMessage(
                        "the events in " + folder + " begin at position 3, older files were given up: a replay needs"
                                + " the beginning or a snapshot; put the older files back, or work on what is left with 'tocsin"
                                + " journal dump " + folder + "'");
    }

    private record WithoutItsBeginning(EventJournal whole) implements EventJournal {
        @Override
        public long firstPosition() {
            return FIRST;
        }

        @Override
        public long endPosition() {
            return whole.endPosition();
        }

        @Override
        public long replay(long fromPosition, RecordHandler handler) {
            assertThat(fromPosition).isBetween((long) FIRST, endPosition());
            return whole.replay(fromPosition, handler);
        }

        @Override
        public long append(DirectBuffer buffer, int offset, int length) {
            return whole.append(buffer, offset, length);
        }

        @Override
        public void commit() {
            whole.commit();
        }

        @Override
        public void force() {
            whole.force();
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
