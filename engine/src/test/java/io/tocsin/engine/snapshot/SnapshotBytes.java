package io.tocsin.engine.snapshot;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A snapshot in memory, for tests. */
public final class SnapshotBytes {
    private SnapshotBytes() {}

    /** What is written to the sink that the writer is given. */
    public static byte[] writtenBy(Consumer<SnapshotSink> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.accept((DirectBuffer buffer, int offset, int length) -> {
            byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            bytes.writeBytes(copy);
        });
        return bytes.toByteArray();
    }

    /** The first so many bytes, given out in pieces as a file may do. */
    public static SnapshotSource source(byte[] bytes, int end) {
        return new SnapshotSource() {
            private int at;

            @Override
            public int read(MutableDirectBuffer buffer, int offset, int length) {
                int count = Math.min(Math.min(length, 5_000), end - at);
                buffer.putBytes(offset, bytes, at, count);
                at += count;
                return count;
            }

            @Override
            public void close() {}
        };
    }

    /** All bytes. */
    public static SnapshotSource source(byte[] bytes) {
        return source(bytes, bytes.length);
    }
}
