package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In the system's own place for temporary files, under names that nobody else uses. */
class TemporaryFolderTest {
    private static final Path PLACE = Path.of(System.getProperty("java.io.tmpdir"));

    private final String prefix = "tocsin-test-" + System.nanoTime() + "-";
    private final List<String> told = new ArrayList<>();
    private final List<Path> strangers = new ArrayList<>();

    @AfterEach
    void removeStrangers() throws Exception {
        for (Path stranger : strangers) {
            Files.deleteIfExists(stranger.resolve("temporary.lock"));
            Files.deleteIfExists(stranger);
        }
    }

    @Test
    void shouldBeGoneWithAllThatIsInItOnceClosed() throws Exception {
        TemporaryFolder folder = TemporaryFolder.create(prefix, told::add);
        Files.writeString(Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "text");
        assertThat(folder.path()).hasParent(PLACE);
        folder.close();
        assertThat(folder.path()).doesNotExist();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldRemoveWhatWasLeftBehind() throws Exception {
        TemporaryFolder left = TemporaryFolder.create(prefix, told::add);
        Files.writeString(Files.createDirectories(left.path().resolve("events")).resolve("c"), "text");
        left.lock().close(); // As when its process is killed.
        try (TemporaryFolder next = TemporaryFolder.create(prefix, told::add)) {
            assertThat(left.path()).doesNotExist();
            assertThat(next.path()).isDirectory();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void shouldLeaveAloneWhatIsHeldOrNotOurs() throws Exception {
        Path withoutLock = stranger("1");
        Path otherName = stranger("notes");
        lockFile(otherName);
        Path held = stranger("2");
        try (FileChannel holder = lockFile(held)) {
            holder.lock();
            TemporaryFolder.create(prefix, told::add).close();
            assertThat(List.of(withoutLock, otherName, held)).allMatch(Files::isDirectory);
        }
        assertThat(told).isEmpty();
    }

    private Path stranger(String suffix) throws Exception {
        Path path = Files.createDirectory(PLACE.resolve(prefix + suffix));
        strangers.add(path);
        return path;
    }

    private static FileChannel lockFile(Path folder) throws Exception {
        return FileChannel.open(
                folder.resolve("temporary.lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
