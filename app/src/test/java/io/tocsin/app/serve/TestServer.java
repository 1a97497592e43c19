package io.tocsin.app.serve;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.http.ServerConfig;
import io.tocsin.http.json.AlertJson;
import io.tocsin.http.json.Json;
import io.tocsin.journal.ChronicleAlertJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/** A whole server within this process, on a free port. */
final class TestServer implements AutoCloseable {
    /** A promise that is broken 300 ms after a ticket was opened, unless somebody responds. */
    static final String FAST = """
            version: 1
            policies:
            - name: fast
              warn: [50%]
              targets: {first_response: 300ms}
            """;

    private final LiveServer server;
    private final Api api;
    private final CompletableFuture<Throwable> failed;
    private final List<String> remarks;

    private TestServer(LiveServer server, CompletableFuture<Throwable> failed, List<String> remarks) {
        this.server = server;
        this.failed = failed;
        this.remarks = remarks;
        this.api = new Api(server.port());
    }

    static ServeConfig config(Path folder) {
        ServerConfig http = ServerConfig.defaults().listeningOn("127.0.0.1", 0);
        return ServeConfig.DEFAULT
                .withData(folder)
                .withHttp(http)
                .withEngine(new ServeConfig.EngineSettings(Idle.QUIET, 1 << 14, OptionalInt.empty()))
                .withSnapshots(new ServeConfig.SnapshotSettings(Long.MAX_VALUE, Long.MAX_VALUE, false));
    }

    /** Listening, but not started. */
    static TestServer open(Path folder) {
        return open(config(folder), new SystemEpochNanoClock(), ChronicleEventJournal::open);
    }

    static TestServer open(ServeConfig config, EpochNanoClock clock, Function<DataFolder, EventJournal> journals) {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        List<String> remarks = new CopyOnWriteArrayList<>();
        return new TestServer(new LiveServer(config, clock, failed::complete, remarks::add, journals), failed, remarks);
    }

    static TestServer start(Path folder, String policyText) throws InterruptedException {
        TestServer server = open(folder);
        server.start(policyText);
        return server;
    }

    Recovery start(String policyText) throws InterruptedException {
        return server.start(policyText);
    }

    LiveServer live() {
        return server;
    }

    Api api() {
        return api;
    }

    /** Completes with what stopped the engine. */
    CompletableFuture<Throwable> failed() {
        return failed;
    }

    /** What went wrong without stopping anything. */
    List<String> remarks() {
        return remarks;
    }

    /** As a replay's summary shows it. */
    String stateHash() throws InterruptedException, ExecutionException, TimeoutException {
        return String.format("%016x", server.reads().stateHash().get(30, TimeUnit.SECONDS));
    }

    /** Alerts by their kept number, to wait for. */
    long lastAlert() throws Exception {
        long last = 0;
        for (var page = api.read("/v1/alerts?limit=1000");
                !page.isEmpty();
                page = api.read("/v1/alerts?limit=1000&after=" + last)) {
            last = page.get(page.size() - 1).get("seq").asLong();
        }
        return last;
    }

    @Override
    public void close() {
        server.close();
    }

    /** The alert journal of a folder that nobody holds, as {@code replay --alerts} would write it. */
    static List<String> keptAlerts(Path path) {
        List<String> lines = new ArrayList<>();
        AlertRecord alert = new AlertRecord();
        try (DataFolder folder = DataFolder.open(path);
                ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder)) {
            journal.read(0, Integer.MAX_VALUE, (buffer, offset, length) -> {
                alert.wrap(buffer, offset);
                lines.add(new String(Json.bytes(json -> AlertJson.write(json, alert)), StandardCharsets.UTF_8));
            });
        }
        return lines;
    }
}
