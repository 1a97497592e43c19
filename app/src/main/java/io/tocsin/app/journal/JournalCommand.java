package io.tocsin.app.journal;

import io.tocsin.app.Tocsin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin journal …}: looks into a server's data folder, also while the server runs. */
@Command(
        name = "journal",
        description = "Looks into a server's data folder, also while the server runs; changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DumpCommand.class, TailCommand.class, VerifyCommand.class})
public final class JournalCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Only a subcommand does something. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "journal: a command is missing; try: journal dump DIR, tail DIR or verify DIR");
    }
}
