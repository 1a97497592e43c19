package io.tocsin.benchmarks.peer;

import java.nio.file.Path;

/** The process in which one engine does the job: {@code PeerFork CLASS STREAM}. */
public final class PeerFork {
    /** What the line with the result begins with. */
    public static final String RESULT = "RESULT ";

    private PeerFork() {}

    /** Runs an engine once, checks what it found and prints what it took. */
    public static void main(String[] args) throws Exception {
        Peer peer = Class.forName(args[0])
                .asSubclass(Peer.class)
                .getDeclaredConstructor()
                .newInstance();
        TicketStream.Task task = TicketStream.read(Path.of(args[1]));
        Meter meter = new Meter(task.stream());
        AlertSet alerts = new AlertSet();
        peer.run(task.stream(), meter, alerts);
        if (alerts.count() != task.alerts() || alerts.hash() != task.hash()) {
            System.err.printf(
                    "wrong alerts: %,d of hash %016x, expected %,d of hash %016x%n",
                    alerts.count(), alerts.hash(), task.alerts(), task.hash());
            System.exit(1);
        }
        System.out.println(RESULT + meter.result() + " alerts=" + alerts.count() + " hash=" + alerts.hash());
        // Some engines leave threads behind.
        System.exit(0);
    }
}
