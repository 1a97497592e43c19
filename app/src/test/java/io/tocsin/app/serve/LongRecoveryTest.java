package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop while it still brings back what its folder holds. */
class LongRecoveryTest {
    private static final int TICKETS = 400_000;

    @TempDir
    Path parent;

    @Test
    void shouldEndSoonAndWellWhenToldToStopWhileItRecovers() throws Exception {
        Path data = parent.resolve("data");
        BigFolder.write(data, TICKETS);
        int port = freePort();
        Process server = ServerProcess.begin(parent, "serve", "--data", data, "--port", port);
        try {
            Api api = new Api(port);
            Await.until("it listens and recovers", () -> status(api) == 503);
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
            assertThat(Files.readAllLines(ServerProcess.errors(parent)))
                    .containsExactly("tocsin: told to stop while recovering; nothing is lost by it");
        } finally {
            server.destroyForcibly();
        }
        try (ServerProcess next = ServerProcess.start(parent, "--data", data)) {
            assertThat(next.api().counters().get("tickets").asInt()).isEqualTo(TICKETS);
            assertThat(next.terminate()).isZero();
            assertThat(next.complaints()).isEmpty();
        }
    }

    private static int status(Api api) throws InterruptedException {
        try {
            return api.get("/health/ready").status();
        } catch (IOException e) {
            return 0; // It does not listen yet.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }
}
