package io.tocsin.journal;

import io.tocsin.engine.core.EngineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedSet;
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
    public static final int FORMAT = 3;

    static final String EVENTS = "events";
    static final String ALERTS = "alerts";
    static final String SKIPPED = "skipped";
    static final String GIVEN_UP = "given_up";

    private static final String FORMAT_FILE = "format";
    private static final String FORMAT_TEXT = "tocsin data format ";
    private static final Pattern FORMAT_LINE = Pattern.compile(FORMAT_TEXT + "(\\d{1,9})\\s*");

    private final Path path;
    private final LockFile lock;
    private final EngineConfig engineConfig;

    private DataFolder(Path path, LockFile lock, EngineConfig engineConfig) {
        this.path = path;
        this.lock = lock;
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
            LockFile lock = LockFile.acquire(
                    path,
                    "the data folder " + path + " is in use",
                    "stop that one, or start this one with another folder");
            try {
                return prepare(path, lock, whenNew);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot open the data folder " + path + ": " + Texts.reason(e)
                            + ": make it writable, or choose another one",
                    e);
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

    /**
     * Skips a position from now on, in every replay of the events, for good: the caller has decided to do without. If a
     * damaged document begins with it, all that is damaged there is given up, and the next document may begin at any later
     * position; if the journal ends there, it goes on with this very position. If the record at it is whole, that one is
     * left out, and the others keep their positions. To be called before the events are opened.
     */
    public void skip(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position " + position + " cannot be skipped: positions begin with 0");
        }
        // First, or a power cut could take the record and leave the note, which then would mean another one.
        try (DeviceForce device = new DeviceForce(events(), QueueFolder.files(events()))) {
            device.force();
        }
        PositionsFile file = new PositionsFile(path, SKIPPED);
        SortedSet<Long> positions = file.read();
        positions.add(position);
        file.write(positions);
    }

    /** The positions that are skipped, ascending. */
    public List<Long> skipped() {
        return skipped(path);
    }

    /** As {@link #skipped()}, of a folder that may belong to a running server. */
    public static List<Long> skipped(Path path) {
        return List.copyOf(new PositionsFile(path, SKIPPED).read());
    }

    /** Lets go of the folder. */
    @Override
    public void close() {
        try {
            lock.close();
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

    private static DataFolder prepare(Path path, LockFile lock, EngineConfig whenNew) throws IOException {
        if (Files.exists(path.resolve(FORMAT_FILE))) {
            if (checkFormat(path) < FORMAT) {
                writeFormat(path); // Before anything is written that an older build would not see.
            }
        } else {
            // The format last: a folder that has one has everything.
            EngineFile.write(path, whenNew);
            writeFormat(path);
        }
        DataFolder folder = new DataFolder(path, lock, EngineFile.read(path));
        Files.createDirectories(folder.events());
        Files.createDirectories(folder.alerts());
        return folder;
    }

    private static void writeFormat(Path path) throws IOException {
        Texts.write(path, FORMAT_FILE, FORMAT_TEXT + FORMAT + "\n");
    }

    private static int checkFormat(Path path) {
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
        return format;
    }

    /** The first bytes suffice, and whatever file has that name, they are text enough to be compared. */
    private static String readFormat(Path path) {
        try (FileChannel channel = FileChannel.open(path.resolve(FORMAT_FILE), StandardOpenOption.READ)) {
            return Texts.readStart(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path.resolve(FORMAT_FILE) + ": " + e, e);
        }
    }
}
