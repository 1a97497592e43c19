package io.tocsin.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Connections that are kept, on one thread: each sends its next request when the answer to its last one has come whole, at once,
 * at a pace, or as planned. An answer that is not 200 ends the run. Made, used and closed by one thread.
 */
public final class Callers implements AutoCloseable {
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(US_ASCII);
    private static final long MOST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Selector selector = Selector.open();
    private final List<Caller> callers = new ArrayList<>();
    private final Requests requests;
    private final OnAnswer onAnswer;
    private final long everyNs;
    private final boolean planned;
    private long answers;

    /**
     * Connects.
     *
     * @param from the address to call from: on Linux all of 127.0.0.0/8 are this machine's
     * @param everyNs how long a caller waits from one request to its next; 0 for not at all
     * @param requests makes the next request, whose bytes are taken before the next one is made
     */
    public Callers(int port, String from, int count, long everyNs, Requests requests) throws IOException {
        this(port, from, count, everyNs, false, requests, (caller, planNs, answer, bodyStart) -> {});
    }

    /**
     * As above.
     *
     * @param planned whether a caller that is late sends what is left over as soon as it can, instead of leaving it out: then
     *     what is sent does not depend on how long answers take
     * @param onAnswer is told of each answer
     */
    public Callers(
            int port, String from, int count, long everyNs, boolean planned, Requests requests, OnAnswer onAnswer)
            throws IOException {
        this.requests = requests;
        this.onAnswer = onAnswer;
        this.everyNs = everyNs;
        this.planned = planned;
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.bind(new InetSocketAddress(from, 0));
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            callers.add(new Caller(i, channel, System.nanoTime() + everyNs * i / count));
        }
    }

    /** The bytes of a GET. */
    public static ByteBuffer[] get(String path) {
        return new ByteBuffer[] {ascii("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")};
    }

    /** The bytes of a POST of events. */
    public static ByteBuffer[] post(byte[] body) {
        String head =
                "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
                        + body.length + "\r\n\r\n";
        return new ByteBuffer[] {ascii(head), ByteBuffer.wrap(body)};
    }

    /** Calls for so long; returns how many answers came, none of them left over when it returns. */
    public long call(long durationNs) throws IOException {
        long startNs = System.nanoTime();
        return callWhile(() -> System.nanoTime() - startNs < durationNs);
    }

    /** As above, while something holds, which is asked again and again. */
    public long callWhile(BooleanSupplier goesOn) throws IOException {
        answers = 0;
        boolean ending = false;
        boolean busy = true;
        while (busy) {
            ending = ending || !goesOn.getAsBoolean();
            busy = !ending;
            long nowNs = System.nanoTime();
            long leastNs = MOST_WAIT_NS;
            for (Caller caller : callers) {
                if (caller.idle && !ending && nowNs - caller.nextNs >= 0) {
                    caller.begin(nowNs);
                }
                busy |= !caller.idle;
                leastNs = Math.min(leastNs, caller.idle ? caller.nextNs - nowNs : MOST_WAIT_NS);
            }
            if (busy) {
                select(leastNs);
            }
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        for (Caller caller : callers) {
            caller.channel.close();
        }
        selector.close();
    }

    private void select(long atMostNs) throws IOException {
        if (everyNs == 0) {
            selector.select();
        } else {
            selector.select(1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, atMostNs)));
        }
        for (SelectionKey key : selector.selectedKeys()) {
            ((Caller) key.attachment()).proceed();
        }
        selector.selectedKeys().clear();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    /** Makes requests, on the thread that calls. */
    @FunctionalInterface
    public interface Requests {
        /**
         * The next request.
         *
         * @param caller whose it is, from 0
         * @param planNs when it is to be sent, by {@link System#nanoTime()}
         */
        ByteBuffer[] next(int caller, long planNs);
    }

    /** Is told of answers, on the thread that calls. */
    @FunctionalInterface
    public interface OnAnswer {
        /**
         * An answer has come whole.
         *
         * @param caller whose it is, from 0
         * @param planNs when its request was to be sent, by {@link System#nanoTime()}
         * @param answer the answer up to its position, head and all
         * @param bodyStart where its body begins
         */
        void onAnswer(int caller, long planNs, ByteBuffer answer, int bodyStart);
    }

    /** One connection. */
    private final class Caller {
        private final int number;
        private final SocketChannel channel;
        private final SelectionKey key;
        private final ByteBuffer out = ByteBuffer.allocateDirect(512 * 1024).limit(0);
        private final ByteBuffer in = ByteBuffer.allocate(1024 * 1024);
        private long planNs;
        private long nextNs;
        private boolean idle = true;

        Caller(int number, SocketChannel channel, long nextNs) throws IOException {
            this.number = number;
            this.channel = channel;
            this.nextNs = nextNs;
            key = channel.register(selector, 0, this);
        }

        void begin(long nowNs) throws IOException {
            idle = false;
            planNs = everyNs == 0 ? nowNs : nextNs;
            nextNs = planned ? nextNs + everyNs : Math.max(nextNs + everyNs, nowNs);
            out.clear();
            for (ByteBuffer part : requests.next(number, planNs)) {
                out.put(part);
            }
            out.flip();
            in.clear();
            write();
        }

        void proceed() throws IOException {
            if (key.isWritable()) {
                write();
            }
            if (key.isReadable()) {
                read();
            }
        }

        private void write() throws IOException {
            channel.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE | SelectionKey.OP_READ : SelectionKey.OP_READ);
        }

        private void read() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("the server closed the connection after: " + text(in.position()));
            }
            int bodyStart = bodyStart();
            if (bodyStart >= 0 && isWhole(bodyStart)) {
                if (!text(12).endsWith(" 200")) {
                    throw new IOException("an answer that is not 200: " + text(Math.min(in.position(), 1_000)));
                }
                answers++;
                idle = true;
                key.interestOps(0);
                onAnswer.onAnswer(number, planNs, in, bodyStart);
            }
        }

        private boolean isWhole(int bodyStart) {
            String head = text(bodyStart).toLowerCase(Locale.ROOT);
            int length = head.indexOf("\r\ncontent-length: ");
            if (length < 0) {
                return endsWith(LAST_CHUNK);
            }
            int digits = length + "\r\ncontent-length: ".length();
            return in.position() >= bodyStart + Integer.parseInt(head.substring(digits, head.indexOf('\r', digits)));
        }

        private int bodyStart() {
            byte[] bytes = in.array();
            for (int i = 3; i < in.position(); i++) {
                if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private boolean endsWith(byte[] end) {
            int start = in.position() - end.length;
            for (int i = 0; i < end.length; i++) {
                if (start < 0 || in.get(start + i) != end[i]) {
                    return false;
                }
            }
            return true;
        }

        private String text(int length) {
            return new String(in.array(), 0, length, US_ASCII);
        }
    }
}
