package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tocsin.engine.core.EngineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void shouldMakeTheFolderWithItsFormat() {
        Path path = parent.resolve("a/b");
        try (DataFolder folder = DataFolder.open(path)) {
            assertThat(folder.path()).isEqualTo(path);
            assertThat(folder.events()).isEqualTo(path.resolve("events")).isDirectory();
            assertThat(folder.alerts()).isEqualTo(path.resolve("alerts")).isDirectory();
            assertThat(path.resolve("format")).hasContent("tocsin data format 3");
        }
    }

    @Test
    void shouldKeepWhatTheEngineWasMadeWithWhenTheFolderWasNew() {
        try (DataFolder folder = DataFolder.open(parent, new EngineConfig(5))) {
            assertThat(folder.engineConfig().rememberedIds()).isEqualTo(5);
        }
        try (DataFolder folder = DataFolder.open(parent, new EngineConfig(6))) {
            assertThat(folder.engineConfig().rememberedIds()).isEqualTo(5);
        }
        assertThat(DataFolder.engineConfig(parent).rememberedIds()).isEqualTo(5);
        assertThat(parent.resolve("engine")).hasContent("remembered_ids: 5");
    }

    @Test
    void shouldTakeTheDefaultsForAFolderFromBeforeThereWasAChoice() throws IOException {
        Files.writeString(parent.resolve("format"), "tocsin data format 1\n");
        try (DataFolder folder = DataFolder.open(parent, new EngineConfig(6))) {
            assertThat(folder.engineConfig()).isEqualTo(EngineConfig.DEFAULT);
        }
    }

    @Test
    void shouldRefuseAnEngineFileThatSaysSomethingElse() throws IOException {
        DataFolder.open(parent).close();
        for (String text : new String[] {"", "remembered_ids: 0\n", "remembered_ids: 100000001\n", "colour: red\n"}) {
            Files.writeString(parent.resolve("engine"), text);
            assertThatIllegalStateException()
                    .isThrownBy(() -> DataFolder.open(parent))
                    .withMessage(parent.resolve("engine") + " says \"" + text.strip()
                            + "\", expected \"remembered_ids: N\" with N from 1 to 100000000:"
                            + " put back the file that the folder was made with");
        }
    }

    @Test
    void shouldOpenAgainAfterClose() {
        DataFolder.open(parent).close();
        DataFolder.open(parent).close();
    }

    @Test
    void shouldRefuseAFolderThatThisProcessHolds() {
        try (DataFolder held = DataFolder.open(parent)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> DataFolder.open(parent))
                    .withMessage("the data folder " + held.path() + " is in use by process "
                            + ProcessHandle.current().pid() + ": stop that one, or start this one with another folder");
        }
    }

    @Test
    void shouldRefuseAFolderThatAnotherProcessHoldsUntilThatOneIsKilled() throws Exception {
        try (OtherProcess other = OtherProcess.start(FolderHolder.class, parent)) {
            assertThat(other.readLine()).isEqualTo("open");
            assertThatIllegalStateException()
                    .isThrownBy(() -> DataFolder.open(parent))
                    .withMessageContaining("in use by process " + other.pid());
            other.kill();
            DataFolder.open(parent).close();
        }
    }

    @Test
    void shouldRefuseANewerFormat() throws IOException {
        Files.writeString(parent.resolve("format"), "tocsin data format 4\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> DataFolder.open(parent))
                .withMessageContaining(parent + " has format 4, this build knows up to 3");
        assertThatIllegalStateException()
                .isThrownBy(() -> ChronicleEventJournal.readOnly(parent))
                .withMessageContaining("has format 4");
        Files.writeString(parent.resolve("format"), "tocsin data format 2\n");
        DataFolder.open(parent).close();
    }

    @Test
    void shouldRefuseAFolderWithAFormatOfItsOwn() throws IOException {
        Files.writeString(parent.resolve("format"), "docx");
        assertThatIllegalStateException()
                .isThrownBy(() -> DataFolder.open(parent))
                .withMessageContaining("says \"docx\", expected \"tocsin data format 3\"");
    }

    @Test
    void shouldTellADataFolderFromOthers() throws IOException {
        Path events = Files.writeString(parent.resolve("events.ndjson"), "{}");
        assertThat(DataFolder.isDataFolder(parent)).isFalse();
        assertThat(DataFolder.isDataFolder(events)).isFalse();
        assertThat(DataFolder.isDataFolder(parent.resolve("missing"))).isFalse();
        DataFolder.open(parent).close();
        assertThat(DataFolder.isDataFolder(parent)).isTrue();
    }

    @Test
    void shouldSayThatAFileIsNoFolder() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessageContaining("cannot open the data folder " + file);
    }

    /** Holds a folder until it is killed. */
    static final class FolderHolder {
        public static void main(String[] args) throws IOException {
            DataFolder.open(Path.of(args[0]));
            System.out.println("open");
            System.in.read();
        }
    }
}
