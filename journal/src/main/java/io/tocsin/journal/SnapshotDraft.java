package io.tocsin.journal;

import io.tocsin.engine.pipeline.SnapshotStore.Draft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;

/**
 * A snapshot being written: aside, a megabyte at a time, and under its own name once all of it is on the device. Holds the
 * lock until it is committed or closed. One thread.
 */
final class SnapshotDraft implements Draft {
    private static final int WRITE_LENGTH = 1 << 20;
    /** A gigabyte forced in one go would let the journal's own pages wait behind it, and with them the core. */
    private static final int WRITES_BEFORE_FORCE = 8;
    /** The journals' own reserve, once more. */
    private static final long RESERVE = 2 * DiskRoom.RESERVE;

    private final SnapshotFolder folder;
    private final LockFile lock;
    private final Path aside;
    private final Path file;
    private final DiskRoom room;
    private final FileChannel channel;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(WRITE_LENGTH);
    private int unforcedWrites;
    private boolean open = true;

    SnapshotDraft(SnapshotFolder folder, LockFile lock, Path aside, Path file) throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.aside = aside;
        this.file = file;
        room = new DiskRoom(aside.resolveSibling(""), RESERVE);
        room.ask();
        channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public void write(DirectBuffer buffer, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (!pending.hasRemaining()) {
                flush();
            }
            int now = Math.min(length - done, pending.remaining());
            buffer.getBytes(offset + done, pending, now);
            done += now;
        }
    }

    @Override
    public void commit() {
        flush();
        try {
            channel.force(true);
            channel.close();
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            DeviceForce.forceOne(file.resolveSibling(""));
            folder.giveUpOld();
        } catch (IOException e) {
            throw failed(e);
        }
        close();
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            channel.close();
            Files.deleteIfExists(aside);
            lock.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void flush() {
        pending.flip();
        room.take(pending.remaining());
        try {
            while (pending.hasRemaining()) {
                int written = channel.write(pending);
                assert written > 0 : "a file takes what it is given or throws";
            }
            if (++unforcedWrites == WRITES_BEFORE_FORCE) {
                channel.force(false);
                unforcedWrites = 0;
            }
        } catch (IOException e) {
            throw failed(e);
        }
        pending.clear();
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("cannot write the snapshot " + file + ": " + Texts.reason(e), e);
    }
}
