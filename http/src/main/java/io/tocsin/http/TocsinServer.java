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
import io.tocsin.http.wallboard.Wallboard;
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

    /**
     * The pages load nothing from elsewhere and run nothing that is written into them. Files are asked for again each time
     * and sent again only if they have changed.
     */
    private static final Map<String, String> PAGE_HEADERS = Map.of(
            "Cache-Control",
            "no-cache",
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    private final ServerConfig config;
    private final EventsResource events;
    private final TicketsResource tickets;
    private final TimelineResource timeline;
    private final StatsResource stats;
    private final ForecastResource forecast;
    private final AlertsResource alerts;
    private final EngineResource engine;
    private final MetricsResource metrics;
    private final PolicyResource policies;
    private final HealthResource health;
    private final OpenApiResource openApi = new OpenApiResource();
    private final AlertStreams streams;
    private final Wallboard wallboard;
    private final WallboardResource boards;
    private final Javalin javalin;

    /**
     * Starts to listen.
     *
     * @param policy the policy in force, and how it is replaced
     * @param timelines reads up how tickets came to stand where they stand
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
            Timelines timelines,
            Supplier<Readiness> readiness) {
        this.config = config;
        Rejections rejections = new Rejections();
        Acknowledgements acknowledgements = new Acknowledgements();
        EventIntake intake =
                new EventIntake(gate, config.fullRingPatienceNs(), config.applyTimeoutMs(), acknowledgements);
        PreparedAnswers prepared =
                new PreparedAnswers(config.answerLifeNs(), config.answerTimeoutMs(), acknowledgements);
        events = new EventsResource(intake, clock, config.maxBodyLength(), config.maxFutureSkewNs(), rejections);
        tickets = new TicketsResource(reads, prepared, config.answerTimeoutMs());
        timeline = new TimelineResource(reads, timelines, config.answerTimeoutMs());
        stats = new StatsResource(reads, prepared);
        forecast = new ForecastResource(reads, prepared);
        streams = new AlertStreams(journal, config.streamCommentMs(), config.streamPatienceMs(), config.maxStreams());
        alerts = new AlertsResource(journal, streams);
        wallboard = new Wallboard(reads, journal, clock, policy);
        boards = new WallboardResource(wallboard, config.streamPatienceMs());
        engine = new EngineResource(reads, prepared);
        metrics = new MetricsResource(reads, prepared, readiness, rejections, streams);
        policies = new PolicyResource(policy);
        health = new HealthResource(readiness);
        javalin = Javalin.create(this::configure).start(config.host(), config.port());
    }

    /** The port listened on. */
    public int port() {
        return javalin.port();
    }

    /** Ends the streams and stops to listen; returns when no thread of the server is left at the ports. */
    @Override
    public void close() {
        streams.end();
        wallboard.close();
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

    /** How many wallboards there are. */
    int boardCount() {
        return wallboard.count();
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
        routes.get(TicketsResource.PATH + "/<id>" + TimelineResource.SUFFIX, timeline::get);
        routes.get(TicketsResource.PATH + "/<id>", tickets::get);
        routes.get("/v1/stats", stats::get);
        routes.get("/v1/forecast", forecast::get);
        routes.get("/v1/alerts", alerts::list);
        routes.get("/v1/alerts/stream", alerts::stream);
        routes.get("/v1/wallboard/stream", boards::stream);
        routes.get("/v1/latency", engine::latency);
        routes.get("/v1/counters", engine::counters);
        routes.get("/metrics", metrics::get);
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
        files.headers = PAGE_HEADERS;
    }
}
