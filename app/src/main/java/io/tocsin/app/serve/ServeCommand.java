package io.tocsin.app.serve;

import io.javalin.util.JavalinBindException;
import io.tocsin.app.Failure;
import io.tocsin.app.PolicyOption;
import io.tocsin.app.Tocsin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
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
            names = "--demo",
            description = "Run on a built-in policy and lively made-up traffic, in a data folder that is thrown away.")
    private boolean demo;

    @Override
    public Integer call() throws InterruptedException {
        ServeConfig settings = settings();
        String policyText = settings.policy() == null ? null : policyText(settings.policy());
        EpochNanoClock clock = new SystemEpochNanoClock();
        if (demo) {
            return runDemo(settings, policyText, clock);
        }
        return run(settings, policyText, clock, null);
    }

    private int runDemo(ServeConfig settings, @Nullable String policyText, EpochNanoClock clock)
            throws InterruptedException {
        if (data != null) {
            throw Failure.ofInput("--demo uses a data folder of its own; leave --data away");
        }
        Path folder = temporaryFolder();
        try (DemoFeed feed = new DemoFeed(clock)) {
            return run(settings.withData(folder), policyText, clock, feed);
        } finally {
            delete(folder);
        }
    }

    private int run(ServeConfig settings, @Nullable String policyText, EpochNanoClock clock, @Nullable DemoFeed feed)
            throws InterruptedException {
        StopSignal signal = StopSignal.install();
        try (LiveServer server = open(settings, clock)) {
            server.failed().thenAccept(signal::fail);
            server.start(policyText, feed == null ? null : feed::writePast);
            if (feed != null) {
                feed.start(server.gate());
            }
            announce(settings, server.port());
            Optional<Throwable> failure = signal.await();
            if (failure.isPresent()) {
                throw Failure.ofRun(
                        "the engine has stopped: " + failure.get().getMessage()
                                + "; what was acknowledged is kept, start again once the cause is mended",
                        failure.get());
            }
            return Tocsin.DONE;
        } catch (LiveServer.NoPolicyException e) {
            throw Failure.ofInput("serve: " + e.getMessage());
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Failure.ofRun(String.valueOf(e.getMessage()), e);
        } finally {
            signal.finished();
        }
    }

    private static LiveServer open(ServeConfig settings, EpochNanoClock clock) {
        try {
            return new LiveServer(settings, clock);
        } catch (JavalinBindException e) {
            throw Failure.ofRun(
                    "port " + settings.http().port() + " is taken; stop what listens there or give another --port", e);
        }
    }

    private void announce(ServeConfig settings, int port) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("tocsin: wallboard at http://localhost:" + port + "/, events to http://localhost:" + port
                + "/v1/events, data in " + settings.data());
        out.flush();
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
            settings = settings.withHttp(settings.http().withPort(port));
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

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("tocsin-demo");
        } catch (IOException e) {
            throw Failure.ofRun("no folder could be made for the demo's data (" + e + "); is the disk full?", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw Failure.ofRun(folder + ": the demo's data could not be deleted (" + e + "); delete it by hand", e);
        }
    }
}
