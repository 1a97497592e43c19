package io.tocsin.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file by which one process at a time holds something; it says which. The lock is the operating system's: it goes with
 * the process, however that ends. Any thread.
 */
final class LockFile implements AutoCloseable {
    /**
     * What this process holds. To close any channel of a file lets go of all its locks in this process, so a file that is
     * held may not even be opened to be asked.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final String NAME = "lock";

    private final Path key;
    private final FileChannel channel;

    private LockFile(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes a folder's lock.
     *
     * @param inUse says what is held by another, before "by process N"
     * @param remedy says what to do then
     * @throws IllegalStateException if another process, or this one, holds it
     */
    static LockFile acquire(Path folder, String inUse, String remedy) throws IOException {
        Path key = folder.toRealPath().resolve(NAME);
        if (!HELD.add(key)) {
            throw held(inUse, Long.toString(ProcessHandle.current().pid()), remedy);
        }
        try {
            return new LockFile(key, lock(folder.resolve(NAME), inUse, remedy));
        } catch (IOException | RuntimeException e) {
            HELD.remove(key);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(key);
        }
    }

    private static FileChannel lock(Path file, String inUse, String remedy) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!tryLock(channel)) {
                throw held(inUse, Texts.readStart(channel), remedy);
            }
            byte[] owner = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(owner), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // Held by this very process under another name of the folder.
        }
    }

    private static IllegalStateException held(String inUse, String holder, String remedy) {
        return new IllegalStateException(inUse + " by process " + holder + ": " + remedy);
    }
}
