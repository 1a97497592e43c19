package io.tocsin.app.serve;

import java.nio.file.Path;

/** A data folder as a real server writes it, within this process; for tests of those who read one. */
public final class ServedFolder implements AutoCloseable {
    /** Promises a first response within 300 ms. */
    public static final String POLICY = TestServer.FAST;

    private final TestServer server;

    private ServedFolder(TestServer server) {
        this.server = server;
    }

    /** Starts a server on the folder; it stops when this is closed. */
    public static ServedFolder open(Path folder) throws InterruptedException {
        return new ServedFolder(TestServer.start(folder, POLICY));
    }

    /** Sends events, one a line, which must all be accepted. */
    public void send(String... lines) throws Exception {
        server.api().accept(Api.NDJSON, String.join("\n", lines), lines.length);
    }

    /** Another policy, from now on. */
    public void putPolicy(String yaml) throws Exception {
        server.api().putPolicy(yaml);
    }

    /** Waits until so many alerts are kept. */
    public void awaitAlerts(long count) throws Exception {
        Await.until("alert " + count + " is kept", () -> server.lastAlert() >= count);
    }

    /** The server's own hash of its state. */
    public String stateHash() throws Exception {
        return server.stateHash();
    }

    @Override
    public void close() {
        server.close();
    }
}
