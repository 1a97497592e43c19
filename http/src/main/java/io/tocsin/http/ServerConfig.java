package io.tocsin.http;

/**
 * How the server behaves. Start from {@link #defaults()}.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param maxBodyLength longest request body in bytes, after inflating
 * @param maxFutureSkewNs how far an event's {@code at} may lie after its arrival
 * @param applyTimeoutMs how long a sender waits at most until its events are journaled and applied
 * @param fullRingPatienceNs how long a full ring is tried again before the sender is sent away
 * @param answerTimeoutMs how long a reader waits at most for the core's answer
 * @param answerLifeNs how long a prepared answer to a question about many tickets is given again to readers
 *     who were told of no events meanwhile
 * @param streamCommentMs how often a quiet alert stream shows that it is alive
 * @param streamPatienceMs how long a client of an alert stream may take nothing of what is sent before it is given up
 * @param maxStreams how many alert streams are served at a time, each by a thread of its own
 * @param wallboardFolder folder of the class path with the wallboard's files
 */
public record ServerConfig(
        String host,
        int port,
        int maxBodyLength,
        long maxFutureSkewNs,
        long applyTimeoutMs,
        long fullRingPatienceNs,
        long answerTimeoutMs,
        long answerLifeNs,
        long streamCommentMs,
        long streamPatienceMs,
        int maxStreams,
        String wallboardFolder) {
    /** Checks what can be checked. */
    public ServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", allowed are 0 to 65535");
        }
        requirePositive("maxBodyLength", maxBodyLength);
        requirePositive("applyTimeoutMs", applyTimeoutMs);
        requirePositive("answerTimeoutMs", answerTimeoutMs);
        requirePositive("streamCommentMs", streamCommentMs);
        requirePositive("streamPatienceMs", streamPatienceMs);
        requirePositive("maxStreams", maxStreams);
        requireNotNegative("maxFutureSkewNs", maxFutureSkewNs);
        requireNotNegative("fullRingPatienceNs", fullRingPatienceNs);
        requireNotNegative("answerLifeNs", answerLifeNs);
    }

    /**
     * All addresses, port 8080, 16 MiB a body, 5 s of skew and of waiting, 100 ms of patience, answers for a
     * quarter of a second.
     */
    public static ServerConfig defaults() {
        return new ServerConfig(
                "0.0.0.0",
                8_080,
                16 * 1024 * 1024,
                5_000_000_000L,
                5_000,
                100_000_000L,
                5_000,
                250_000_000L,
                15_000,
                30_000,
                1_000,
                "/wallboard");
    }

    /** The same, listening elsewhere. */
    public ServerConfig listeningOn(String newHost, int newPort) {
        return new ServerConfig(
                newHost,
                newPort,
                maxBodyLength,
                maxFutureSkewNs,
                applyTimeoutMs,
                fullRingPatienceNs,
                answerTimeoutMs,
                answerLifeNs,
                streamCommentMs,
                streamPatienceMs,
                maxStreams,
                wallboardFolder);
    }

    /** The same with another limit on bodies. */
    public ServerConfig withMaxBodyLength(int newMaxBodyLength) {
        return new ServerConfig(
                host,
                port,
                newMaxBodyLength,
                maxFutureSkewNs,
                applyTimeoutMs,
                fullRingPatienceNs,
                answerTimeoutMs,
                answerLifeNs,
                streamCommentMs,
                streamPatienceMs,
                maxStreams,
                wallboardFolder);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least 1");
        }
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least 0");
        }
    }
}
