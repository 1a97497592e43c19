package io.tocsin.http.wallboard;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One board's connection. It has no thread: frames are written as far as the connection takes them, by the wallboard's
 * thread or by the one with which the web server says that there is room again. Of frames that wait, only the newest of
 * each kind is kept, so a board that reads slowly holds next to nothing. Whoever calls takes the lock.
 */
public final class BoardClient implements WriteListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(BoardClient.class);

    private final ServletOutputStream out;
    private final AsyncContext request;
    private final Map<Frame.Kind, byte[]> waiting = new EnumMap<>(Frame.Kind.class);
    private byte @Nullable [] hello = Frame.HELLO;
    /** Whether it may be written to; if not, the web server calls when it may. */
    private boolean writable;

    private boolean mustFlush;
    private boolean gone;

    /** A connection whose request is asynchronous and whose headers are set. */
    public BoardClient(ServletOutputStream out, AsyncContext request) {
        this.out = out;
        this.request = request;
    }

    /** Begins to write; called once, by the web server's thread that has the request. */
    public void start() {
        out.setWriteListener(this);
    }

    /** Sends a frame now, or when there is room unless a newer one of its kind has come by then. */
    synchronized void send(Frame frame) {
        if (gone) {
            return;
        }
        waiting.put(frame.kind(), frame.bytes());
        if (writable) {
            try {
                write();
            } catch (IOException e) {
                onError(e);
            }
        }
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        writable = true;
        write();
    }

    /** The client has gone, or took nothing for too long. */
    @Override
    public synchronized void onError(Throwable t) {
        LOGGER.debug("a board has gone, or never read", t);
        end();
    }

    /** Ends the stream; nothing is sent any more. */
    synchronized void end() {
        if (gone) {
            return;
        }
        gone = true;
        waiting.clear();
        try {
            request.complete();
        } catch (IllegalStateException e) {
            LOGGER.debug("a board's request was completed by the web server, which saw its client go", e);
        }
    }

    synchronized boolean isGone() {
        return gone;
    }

    private void write() throws IOException {
        while (!gone && out.isReady()) {
            byte[] next = next();
            if (next != null) {
                mustFlush = true;
                out.write(next);
            } else if (mustFlush) {
                mustFlush = false;
                out.flush();
            } else {
                return;
            }
        }
        writable = false;
    }

    private byte @Nullable [] next() {
        if (hello != null) {
            byte[] first = hello;
            hello = null;
            return first;
        }
        for (Frame.Kind kind : Frame.Kind.values()) {
            byte[] frame = waiting.remove(kind);
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }
}
