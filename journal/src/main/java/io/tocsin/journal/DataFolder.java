package io.tocsin.journal;

import io.tocsin.engine.core.EngineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder in which a server keeps everything, held by one process at a time.
 *
 * <p>Any thread. The lock is the operating system's: it goes with the process, however that ends. Close the journals in the
 * folder before the folder. Reading a folder needs no lock: see {@link #isDataFolder} and
 * {@link ChronicleEventJournal#readOnly}.
 */
public final class DataFolder implements AutoCloseable {
    /** The version of the format that this build writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    static final String EVENTS = "events";
    static final String ALERTS = "alerts";

    private static final String FORMAT_FILE = "format";
    private static final String LOCK_FILE = "lock";
    private static final String FORMAT_TEXT = "tocsin data format ";
    private static final Pattern FORMAT_LINE = Pattern.compile(FORMAT_TEXT + "(\\d{1,9})\\s*");

    private final Path path;
    private final FileChannel lockChannel;
    private final EngineConfig engineConfig;

    private DataFolder(Path path, FileChannel lockChannel, EngineConfig engineConfig) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.engineConfig = engineConfig;
    }

    /** As {@link #open(Path, EngineConfig)}, with the default if the folder is new. */
    public static DataFolder open(Path path) {
        return open(path, EngineConfig.DEFAULT);
    }

    /**
     * Opens the folder, makes it if it is not there, and holds it until {@link #close()}.
     *
     * @param whenNew what the engine is made with from now on if the folder is new; see {@link #engineConfig()}
     * @throws IllegalStateException if another process (or this one) holds it, or its format is newer than {@link #FORMAT};
     *     it names the folder and what to do
     * @throws UncheckedIOException if it cannot be made or written
     */
    public static DataFolder open(Path path, EngineConfig whenNew) {
        try {
            Files.createDirectories(path);
            FileChannel channel = lock(path);
            try {
                return prepare(path, channel, whenNew);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the data folder " + path + ": " + e, e);
        }
    }

    /** Whether this is a server's data folder, of whatever version, as against a file of events or some other folder. */
    public static boolean isDataFolder(Path path) {
        return Files.isRegularFile(path.resolve(FORMAT_FILE))
                && FORMAT_LINE.matcher(readFormat(path)).matches();
    }

    /**
     * What the engine was made with when the folder was new: it decides what a replay of the events comes to, so it stays
     * as it was for good. Needs no lock.
     *
     * @throws IllegalStateException if this is not a data folder that this build can read
     */
    public static EngineConfig engineConfig(Path path) {
        checkReadable(path);
        return EngineFile.read(path);
    }

    /** The folder itself. */
    public Path path() {
        return path;
    }

    /** As {@link #engineConfig(Path)}. */
    public EngineConfig engineConfig() {
        return engineConfig;
    }

    /** Where the events are kept. */
    public Path events() {
        return path.resolve(EVENTS);
    }

    /** Where the alerts are kept. */
    public Path alerts() {
        return path.resolve(ALERTS);
    }

    /** Lets go of the folder. */
    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of the data folder " + path + ": " + e, e);
        }
    }

    /** @throws IllegalStateException if this is not a data folder, or one that this build cannot read */
    static void checkReadable(Path path) {
        if (!isDataFolder(path)) {
            throw new IllegalStateException(path + " is not a data folder: it has no file \"" + FORMAT_FILE
                    + "\" that begins with \"" + FORMAT_TEXT + "\"");
        }
        checkFormat(path);
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            String holder = read(channel);
            channel.close();
            throw new IllegalStateException("the data folder " + path + " is in use by process " + holder
                    + ": stop that one, or start this one with another folder");
        }
        String owner = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0).write(ByteBuffer.wrap(utf8(owner)), 0);
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // Held by this very process, which the caller reports like any other.
        }
    }

    private static DataFolder prepare(Path path, FileChannel channel, EngineConfig whenNew) throws IOException {
        if (Files.exists(path.resolve(FORMAT_FILE))) {
            checkFormat(path);
        } else {
            // The format last: a folder that has one has everything.
            EngineFile.write(path, whenNew);
            writeAside(path, FORMAT_FILE, FORMAT_TEXT + FORMAT + "\n");
        }
        DataFolder folder = new DataFolder(path, channel, EngineFile.read(path));
        Files.createDirectories(folder.events());
        Files.createDirectories(folder.alerts());
        return folder;
    }

    private static void checkFormat(Path path) {
        String text = readFormat(path);
        Matcher line = FORMAT_LINE.matcher(text);
        if (!line.matches()) {
            throw new IllegalStateException(path.resolve(FORMAT_FILE) + " says \"" + text.strip() + "\", expected \""
                    + FORMAT_TEXT + FORMAT + "\": this is not a data folder, choose another one");
        }
        int format = Integer.parseInt(line.group(1));
        if (format > FORMAT) {
            throw new IllegalStateException("the data folder " + path + " has format " + format
                    + ", this build knows up to " + FORMAT + ": use the newer build that wrote it, or another folder");
        }
    }

    /** Written aside and renamed, so that no start-up that was cut short leaves half a line. */
    static void writeAside(Path path, String file, String text) throws IOException {
        Path aside = path.resolve(file + ".tmp");
        Files.write(aside, utf8(text));
        Files.move(aside, path.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The first bytes suffice, and whatever file has that name, they are text enough to be compared. */
    private static String readFormat(Path path) {
        try (FileChannel channel = FileChannel.open(path.resolve(FORMAT_FILE), StandardOpenOption.READ)) {
            return read(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path.resolve(FORMAT_FILE) + ": " + e, e);
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(64);
        int length = Math.max(0, channel.read(start, 0));
        return new String(start.array(), 0, length, StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
