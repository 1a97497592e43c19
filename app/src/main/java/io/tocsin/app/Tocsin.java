package io.tocsin.app;

import io.tocsin.app.journal.JournalCommand;
import io.tocsin.app.journal.StateHashCommand;
import io.tocsin.app.replay.ReplayCommand;
import io.tocsin.app.report.ReportCommand;
import io.tocsin.app.serve.ServeCommand;
import io.tocsin.app.snapshot.SnapshotCommand;
import io.tocsin.app.timeline.TimelineCommand;
import io.tocsin.app.whatif.WhatIfCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code tocsin} command: picks the subcommand and turns whatever goes wrong into one line and an exit code.
 *
 * <p>Run on the main thread, once per process. Exit codes: {@link #DONE}, {@link #FAILED}, {@link #INVALID_INPUT}.
 */
@Command(
        name = "tocsin",
        description = "Watches service-level promises, to the microsecond.",
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            ReplayCommand.class,
            TimelineCommand.class,
            WhatIfCommand.class,
            ReportCommand.class,
            JournalCommand.class,
            StateHashCommand.class,
            SnapshotCommand.class,
            PolicyCommand.class
        })
public final class Tocsin implements Runnable {
    /** The command did what it was asked to. */
    public static final int DONE = 0;

    /** The command failed while it ran. */
    public static final int FAILED = 1;

    /** Wrong usage, or an input that cannot be accepted: a policy, a configuration, a missing file. */
    public static final int INVALID_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine()
                .setOut(utf8(FileDescriptor.out))
                .setErr(utf8(FileDescriptor.err))
                .execute(args));
    }

    /** UTF-8 wherever it runs: a crontab has no locale, and a question mark is no name. */
    private static PrintWriter utf8(FileDescriptor file) {
        return new PrintWriter(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** The whole command line, ready to execute; tests give it their own {@code out} and {@code err}. */
    static CommandLine commandLine() {
        return new CommandLine(new Tocsin())
                .setParameterExceptionHandler(Tocsin::reportUsage)
                .setExecutionExceptionHandler((failed, command, parsed) -> reportFailure(failed, command));
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static int reportUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        report(command, wrong.getMessage() + "; '" + help + "' shows the usage");
        return INVALID_INPUT;
    }

    /** Tells on standard error what ended a command, a line for each thing that is wrong, and gives the exit code. */
    public static int reportFailure(Exception failed, CommandLine command) {
        if (failed instanceof Failure failure) {
            failure.lines().forEach(line -> report(command, line));
            return failure.exitCode();
        }
        report(command, "unexpected " + failed + "; TOCSIN_OPTS=-Dtocsin.trace=true shows where, please report it");
        if (Boolean.getBoolean("tocsin.trace")) {
            failed.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    private static void report(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println("tocsin: " + message.replaceAll("\\s*\\R\\s*", " "));
        err.flush();
    }

    /** The version in the jar's manifest; classes that are not in a jar have none. */
    public static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tocsin.class.getPackage().getImplementationVersion();
            return new String[] {"tocsin " + (version == null ? "(not packaged)" : version)};
        }
    }
}
