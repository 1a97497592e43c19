package io.tocsin.app.serve;

import io.tocsin.app.Failure;
import io.tocsin.app.PolicyOption;
import io.tocsin.app.Remedy;
import io.tocsin.app.Tocsin;
import io.tocsin.app.policyfile.BuiltInPolicy;
import io.tocsin.engine.pipeline.PoisonedRecordException;
import io.tocsin.journal.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin serve}: runs until it is told to stop. */
@Command(
        name = "serve",
        description = "Takes events in over HTTP and gives live figures, alerts and a wallboard out.",
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:stopped by a signal, everything accepted is kept",
            "1:failed while running: a taken port, a full disk, a damaged or locked data folder",
            "2:wrong usage, an invalid policy or configuration, a missing file"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;

    private final EpochNanoClock clock = new SystemEpochNanoClock();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy file (YAML). Without it, the policy that the data folder was last run with.")
    @Nullable
    private Path policy;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder (default: data).")
    @Nullable
    private Path data;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on, 0 for any (default: 8080).")
    @Nullable
    private Integer port;

    @Option(names = "--config", paramLabel = "FILE", description = "More settings (YAML); options here go before them.")
    @Nullable
    private Path config;

    @Option(
            names = "--skip",
            paramLabel = "POSITION",
            description = {
                "Go on without the record at this position of the journal, which cannot be applied or is damaged, from now"
                        + " on and in every replay. What it said is lost. May be given several times."
            })
    private List<Long> skip = List.of();

    @Option(
            names = "--demo",
            description = "Run on a built-in policy and lively made-up traffic, in a data folder that is thrown away.")
    private boolean demo;

    /** Returns when told to stop, or when something fails, which is told by then. */
    @Override
    public Integer call() {
        StopSignal signal = StopSignal.install();
        int exitCode = Tocsin.FAILED;
        try {
            serve(signal);
            exitCode = Tocsin.DONE;
        } catch (Exception e) {
            // Told here and not by the caller: after a signal the process ends as soon as the exit code is known.
            exitCode = Tocsin.reportFailure(e, spec.commandLine());
        } finally {
            signal.finished(exitCode);
        }
        return exitCode;
    }

    private void serve(StopSignal signal) throws InterruptedException {
        ServeConfig settings = settings();
        String policyText = settings.policy() == null ? null : policyText(settings.policy());
        try {
            if (demo) {
                serveDemo(settings, policyText == null ? BuiltInPolicy.text() : policyText, signal);
            } else {
                serveFolder(settings, policyText, signal);
            }
        } catch (CancellationException e) {
            tell(e.getMessage() + "; nothing is lost by it");
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Failure.ofRun(explain(e), e);
        }
    }

    private void serveFolder(ServeConfig settings, @Nullable String policyText, StopSignal signal)
            throws InterruptedException {
        if (policyText == null && !DataFolder.isDataFolder(settings.data())) {
            // Found before a folder is made for nothing.
            throw LiveServer.noPolicy(settings);
        }
        if (!skip.isEmpty()) {
            new SkippedPositions(settings.data(), this::tell).add(skip);
        }
        try (LiveServer server = new LiveServer(settings, clock, signal::fail, this::tell)) {
            signal.onStop(server::cancelStart);
            Recovery recovery = server.start(policyText);
            announce(settings, server.port(), recovery);
            await(server, signal);
        }
    }

    private void serveDemo(ServeConfig settings, String policyText, StopSignal signal) throws InterruptedException {
        if (data != null) {
            throw Failure.ofInput("--demo uses a data folder of its own; leave --data away");
        }
        try (TemporaryFolder folder = TemporaryFolder.create("tocsin-demo", this::tell);
                LiveServer server = new LiveServer(settings.withData(folder.path()), clock, signal::fail, this::tell);
                DemoFeed feed = new DemoFeed(clock, policyText)) {
            server.begin(feed::writePast);
            Recovery recovery = server.start(policyText);
            feed.start(server.gate(), signal::fail);
            announce(settings.withData(folder.path()), server.port(), recovery);
            await(server, signal);
        }
    }

    private void announce(ServeConfig settings, int port, Recovery recovery) {
        if (recovery.wasLong()) {
            tell(recovery.toString());
        }
        String address = "http://" + hostForPeople(settings.http().host()) + ":" + port + "/";
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "tocsin: wallboard at " + address + ", events to " + address + "v1/events, data in " + settings.data());
        out.flush();
    }

    /** Where all addresses are listened on, the nearest one is the one to try. */
    private static String hostForPeople(String host) {
        boolean isAny = host.equals("0.0.0.0") || host.equals("::");
        return isAny ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    }

    /** For people, on standard error; any thread. */
    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("tocsin: " + line);
        err.flush();
    }

    private void await(LiveServer server, StopSignal signal) throws InterruptedException {
        Optional<Throwable> failure;
        try (ClockWatch watch = new ClockWatch(clock, SystemNanoClock.INSTANCE, engineNs(server), this::tell)) {
            watch.start();
            failure = signal.await();
        }
        if (failure.isPresent()) {
            throw stopped(failure.get());
        }
    }

    /** What to say when the engine has stopped by itself. */
    static Failure stopped(Throwable cause) {
        String remedy = cause instanceof PoisonedRecordException ? "" : "; start again once the cause is mended";
        return Failure.ofRun(
                "the engine has stopped, what was acknowledged is kept: " + explain(cause) + remedy, cause);
    }

    private long engineNs(LiveServer server) throws InterruptedException {
        try {
            return server.reads().stats(List.of()).get().asOfNs();
        } catch (ExecutionException e) {
            // The engine has stopped already, which the signal is told.
            return clock.nanoTime();
        }
    }

    /** What went wrong, with what went wrong on the way out. */
    private static String explain(Throwable e) {
        StringBuilder text = new StringBuilder(Remedy.explain(e));
        for (Throwable suppressed : e.getSuppressed()) {
            text.append("; ").append(suppressed);
        }
        return text.toString();
    }

    private ServeConfig settings() {
        ServeConfig settings = config == null ? ServeConfig.DEFAULT : ConfigFile.read(config);
        if (policy != null) {
            settings = settings.withPolicy(policy);
        }
        if (data != null) {
            settings = settings.withData(data);
        }
        if (port != null) {
            if (port < 0 || port > MOST_PORT) {
                throw Failure.ofInput("--port is " + port + ", allowed are 0 to " + MOST_PORT);
            }
            settings = settings.withHttp(
                    settings.http().listeningOn(settings.http().host(), port));
        }
        return settings;
    }

    private static String policyText(Path file) {
        PolicyOption.read(file);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Failure.ofInput(file + ": cannot be read (" + e + "); check that it may be read");
        }
    }
}
