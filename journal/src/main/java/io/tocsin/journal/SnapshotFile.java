package io.tocsin.journal;

import io.tocsin.engine.snapshot.SnapshotSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.MutableDirectBuffer;

/** Reads a snapshot from its beginning to its end, a megabyte at a time. One thread. */
final class SnapshotFile implements SnapshotSource {
    private static final int READ_LENGTH = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer ahead = ByteBuffer.allocateDirect(READ_LENGTH).limit(0);

    SnapshotFile(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public int read(MutableDirectBuffer buffer, int offset, int length) {
        int done = 0;
        while (done < length && (ahead.hasRemaining() || readAhead())) {
            int now = Math.min(length - done, ahead.remaining());
            buffer.putBytes(offset + done, ahead, now);
            done += now;
        }
        return done;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + file + ": " + Texts.reason(e), e);
        }
    }

    /** @return false at the end */
    private boolean readAhead() {
        try {
            int count = channel.read(ahead.clear());
            ahead.flip();
            return count > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + Texts.reason(e), e);
        }
    }
}
