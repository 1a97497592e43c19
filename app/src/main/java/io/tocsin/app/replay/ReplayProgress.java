package io.tocsin.app.replay;

import io.tocsin.app.text.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Shows how much of a file has been read, see {@link Progress}. One thread. */
final class ReplayProgress extends FilterInputStream {
    private final Progress progress;
    private long read;

    /** The same stream, watched. */
    ReplayProgress(InputStream in, String name, long length) {
        super(in);
        progress = Progress.ofBytes(name, length);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        advance(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int got = super.read(buffer, offset, count);
        advance(Math.max(0, got));
        return got;
    }

    @Override
    public void close() throws IOException {
        progress.close();
        super.close();
    }

    private void advance(int count) {
        read += count;
        progress.to(read);
    }
}
