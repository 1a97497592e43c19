package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data folders that earlier builds wrote, see {@link SampleFolder}. */
class SampleFolderTest {
    @TempDir
    Path path;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldReadWhatEarlierBuildsWrote(int format) throws IOException {
        Path data = unzip(format);
        List<String> events = Files.readAllLines(path.resolve(SampleFolder.EVENT_LINES));
        List<String> alerts = Files.readAllLines(path.resolve(SampleFolder.ALERT_LINES));
        assertThat(events).hasSize(81);
        assertThat(alerts).hasSize(40);
        assertThat(SampleFolder.eventLines(ChronicleEventJournal.readOnly(data)))
                .isEqualTo(events);
        try (DataFolder folder = DataFolder.open(data);
                EventJournal eventJournal = ChronicleEventJournal.open(folder);
                ChronicleAlertJournal alertJournal = ChronicleAlertJournal.open(folder)) {
            assertThat(folder.engineConfig().rememberedIds()).isEqualTo(5_000);
            assertThat(SampleFolder.eventLines(eventJournal)).isEqualTo(events);
            assertThat(SampleFolder.alertLines(alertJournal)).isEqualTo(alerts);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldGoOnBehindWhatEarlierBuildsWrote(int format) throws IOException {
        Path data = unzip(format);
        try (DataFolder folder = DataFolder.open(data);
                EventJournal eventJournal = ChronicleEventJournal.open(folder);
                ChronicleAlertJournal alertJournal = ChronicleAlertJournal.open(folder)) {
            Records.appendEvent(eventJournal, "new");
            eventJournal.commit();
            Records.appendAlert(alertJournal, 41);
            assertThat(SampleFolder.alertLines(alertJournal)).hasSize(41);
            assertThat(Records.replayFrom(eventJournal, 80)).hasSize(2).containsEntry(81L, "new");
        }
        assertThat(data.resolve("format")).hasContent("tocsin data format " + DataFolder.FORMAT);
        assertThat(SampleFolder.eventLines(ChronicleEventJournal.readOnly(data)))
                .hasSize(82);
    }

    /** If not, what this build writes has changed: then there is a new format, or the sample must be made anew. */
    @Test
    void shouldWriteWhatTheSampleOfTheNewestFormatHolds() throws IOException {
        Path data = unzip(DataFolder.FORMAT);
        Path written = path.resolve("written");
        SampleFolder.make(written);
        List<Path> expected = QueueFolder.files(data.resolve("events"));
        List<Path> found = QueueFolder.files(written.resolve("events"));
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            byte[] bytes = Files.readAllBytes(expected.get(i));
            try (InputStream in = Files.newInputStream(found.get(i))) {
                assertThat(in.readNBytes(bytes.length)).isEqualTo(bytes);
            }
        }
    }

    /** @return the data folder */
    private Path unzip(int format) throws IOException {
        String resource = "/folders/format-" + format + ".zip";
        try (ZipInputStream zip =
                new ZipInputStream(Objects.requireNonNull(getClass().getResourceAsStream(resource), resource))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = path.resolve(entry.getName());
                Files.createDirectories(file.resolveSibling(""));
                Files.copy(zip, file);
            }
        }
        return path.resolve("data");
    }
}
