package io.tocsin.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Connections that read server-sent events, as wallboards do, on one thread: every frame whole. A stream that ends, or an answer
 * that is not 200, ends the run. Made, used and closed by one thread.
 */
public final class Boards implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
    private final List<Board> boards = new ArrayList<>();
    private final OnFrame onFrame;
    private long frames;

    /**
     * Connects, and asks.
     *
     * @param from the address to call from
     * @param paths what a board asks for, by its number from 0
     * @param onFrame is told of each frame
     */
    public Boards(int port, String from, int count, IntFunction<String> paths, OnFrame onFrame) throws IOException {
        this.onFrame = onFrame;
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.bind(new InetSocketAddress(from, 0));
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            channel.write(ByteBuffer.wrap(
                    ("GET " + paths.apply(i) + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                            .getBytes(US_ASCII)));
            channel.configureBlocking(false);
            Board board = new Board(i, channel);
            channel.register(selector, SelectionKey.OP_READ, board);
            boards.add(board);
        }
    }

    /** Reads for so long; returns how many frames came, comments among them. */
    public long read(long durationNs) throws IOException {
        frames = 0;
        long startNs = System.nanoTime();
        for (long leftNs = durationNs; leftNs > 0; leftNs = durationNs - (System.nanoTime() - startNs)) {
            selector.select(1 + TimeUnit.NANOSECONDS.toMillis(leftNs));
            for (SelectionKey key : selector.selectedKeys()) {
                ((Board) key.attachment()).read();
            }
            selector.selectedKeys().clear();
        }
        return frames;
    }

    @Override
    public void close() throws IOException {
        for (Board board : boards) {
            board.channel.close();
        }
        selector.close();
    }

    /** Is told of frames, on the thread that reads. */
    @FunctionalInterface
    public interface OnFrame {
        /**
         * A frame has come whole.
         *
         * @param board whose it is, from 0
         * @param bytes holds it
         * @param start where it begins
         * @param end behind its last byte
         */
        void onFrame(int board, byte[] bytes, int start, int end);
    }

    /** What of an answer in chunks the next byte belongs to. */
    private enum Part {
        HEAD,
        SIZE,
        DATA,
        END_OF_DATA
    }

    /** One connection. */
    private final class Board {
        private final int number;
        private final SocketChannel channel;
        private final StringBuilder line = new StringBuilder();
        private Part part = Part.HEAD;
        private int left;
        private byte[] data = new byte[64 * 1024];
        private int length;

        Board(int number, SocketChannel channel) {
            this.number = number;
            this.channel = channel;
        }

        void read() throws IOException {
            in.clear();
            if (channel.read(in) < 0) {
                throw new IOException("the server ended the stream of board " + number);
            }
            in.flip();
            while (in.hasRemaining()) {
                if (part == Part.DATA) {
                    takeData();
                } else {
                    take((char) in.get());
                }
            }
        }

        private void take(char c) throws IOException {
            if (c != '\n') {
                line.append(c);
                return;
            }
            String text = line.toString().strip();
            line.setLength(0);
            switch (part) {
                case HEAD -> {
                    if (text.startsWith("HTTP/") && !text.contains(" 200")) {
                        throw new IOException("an answer that is not 200: " + text);
                    }
                    part = text.isEmpty() ? Part.SIZE : Part.HEAD;
                }
                case SIZE -> {
                    left = Integer.parseInt(text, 16);
                    part = left == 0 ? Part.END_OF_DATA : Part.DATA;
                }
                default -> part = Part.SIZE;
            }
        }

        private void takeData() {
            int count = Math.min(left, in.remaining());
            if (data.length - length < count) {
                data = Arrays.copyOf(data, Math.max(2 * data.length, length + count));
            }
            in.get(data, length, count);
            length += count;
            left -= count;
            part = left == 0 ? Part.END_OF_DATA : Part.DATA;
            takeFrames(Math.max(1, length - count));
        }

        /** A frame ends with an empty line. */
        private void takeFrames(int from) {
            int start = 0;
            for (int i = from; i < length; i++) {
                if (data[i] == '\n' && data[i - 1] == '\n' && i > start) {
                    frames++;
                    onFrame.onFrame(number, data, start, i + 1);
                    start = i + 1;
                }
            }
            System.arraycopy(data, start, data, 0, length - start);
            length -= start;
        }
    }
}
