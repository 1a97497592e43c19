package io.tocsin.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.staticfiles.Location;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.util.JavalinLogger;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.pipeline.EventGate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The HTTP server. It listens once the constructor returns and until {@link #close()}; both are called by the thread
 * that owns the process. The ports are used from many threads at a time and are not closed here: close the server
 * first, then what lies behind it.
 */
public final class TocsinServer implements AutoCloseable {
    private static final String POLICY = "/v1/policy";

    private final ServerConfig config;
    private final EventsResource events;
    private final TicketsResource tickets;
    private final StatsResource stats;
    private final AlertsResource alerts;
    private final EngineResource engine;
    private final PolicyResource policies;
    private final HealthResource health;
    private final OpenApiResource openApi = new OpenApiResource();
    private final AlertStreams streams;
    private final Javalin javalin;

    /**
     * Starts to listen.
     *
     * @param policy the policy in force, and how it is replaced
     * @param readiness whether events are taken
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    public TocsinServer(
            ServerConfig config,
            EventGate gate,
            EngineReads reads,
            AlertJournal journal,
            EpochNanoClock clock,
            PolicyDesk policy,
            Supplier<Readiness> readiness) {
        this.config = config;
        EventIntake intake = new EventIntake(gate, config.fullRingPatienceNs(), config.applyTimeoutMs());
        PreparedAnswers prepared = new PreparedAnswers(
                config.answerLifeNs(), config.answerTimeoutMs(), System::nanoTime, intake::acknowledgements);
        events = new EventsResource(intake, clock, config.maxBodyLength(), config.maxFutureSkewNs());
        tickets = new TicketsResource(reads, prepared, config.answerTimeoutMs());
        stats = new StatsResource(reads, prepared);
        streams = new AlertStreams(journal, config.streamCommentMs(), config.streamPatienceMs(), config.maxStreams());
        alerts = new AlertsResource(journal, streams);
        engine = new EngineResource(reads, prepared);
        policies = new PolicyResource(policy);
        health = new HealthResource(readiness);
        javalin = Javalin.create(this::configure).start(config.host(), config.port());
    }

    /** The port listened on. */
    public int port() {
        return javalin.port();
    }

    /** Ends the alert streams and stops to listen; returns when no thread of the server is left at the ports. */
    @Override
    public void close() {
        streams.end();
        javalin.stop();
        try {
            streams.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All routes but the wallboard's files: {@code GET /v1/tickets}, for the test of the description. */
    List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint.method.name() + " " + handler.endpoint.path)
                .toList();
    }

    /** How many alert streams there are. */
    int streamCount() {
        return streams.count();
    }

    private void configure(JavalinConfig javalinConfig) {
        JavalinLogger.startupInfo = false;
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.showOldJavalinVersionWarning = false;
        javalinConfig.http.prefer405over404 = true;
        javalinConfig.router.javaLangErrorHandler(ProblemPages::onError);
        javalinConfig.jetty.modifyServer(server -> server.setErrorHandler(new ProblemPages()));
        javalinConfig.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ProblemPages()));
        javalinConfig.staticFiles.add(this::configureWallboard);
        addRoutes(javalinConfig.routes);
        addProblems(javalinConfig.routes);
    }

    private void addRoutes(RoutesConfig routes) {
        routes.post("/v1/events", events::post);
        routes.get(TicketsResource.PATH, tickets::list);
        routes.get(TicketsResource.PATH + "/<id>", tickets::get);
        routes.get("/v1/stats", stats::get);
        routes.get("/v1/alerts", alerts::list);
        routes.get("/v1/alerts/stream", alerts::stream);
        routes.get("/v1/latency", engine::latency);
        routes.get("/v1/counters", engine::counters);
        routes.get(POLICY, policies::get);
        routes.put(POLICY, policies::put);
        routes.get("/health/live", health::live);
        routes.get("/health/ready", health::ready);
        routes.get("/openapi.json", openApi::get);
    }

    private static void addProblems(RoutesConfig routes) {
        routes.exception(Problem.class, Problem::answer);
        routes.exception(HttpResponseException.class, ProblemPages::onRouterError);
        routes.exception(IOException.class, ProblemPages::onConnectionError);
        routes.exception(Exception.class, ProblemPages::onMistake);
    }

    private void configureWallboard(StaticFileConfig files) {
        files.hostedPath = "/";
        files.directory = config.wallboardFolder();
        files.location = Location.CLASSPATH;
        files.headers = Map.of("Cache-Control", "no-cache");
    }
}
