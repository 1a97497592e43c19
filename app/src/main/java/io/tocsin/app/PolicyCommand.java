package io.tocsin.app;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.policyfile.PolicyResult;
import io.tocsin.app.policyfile.PolicyTable;
import io.tocsin.app.yaml.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin policy …}: work on policy files without a server. */
@Command(
        name = "policy",
        description = "Works on policy files.",
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = PolicyCommand.Check.class)
public final class PolicyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Only a subcommand does something. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "policy: a command is missing; try: policy check FILE");
    }

    /**
     * {@code tocsin policy check FILE}: 0 and a table of what applies to whom on standard output, or 2 and each mistake
     * in a line of its own on standard error.
     */
    @Command(
            name = "check",
            description = "Checks a policy file and shows what applies to whom, or each mistake with its place.",
            mixinStandardHelpOptions = true,
            versionProvider = Tocsin.Version.class,
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:the file is valid", "2:the file has mistakes, or cannot be read"})
    static final class Check implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The policy file (YAML).")
        @SuppressWarnings("NullAway.Init")
        private Path file;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            if (!Files.exists(file) || Files.isDirectory(file)) {
                err.println(file + ": there is no such file; give the path of a policy file");
                return Tocsin.INVALID_INPUT;
            }
            try {
                return report(PolicyFile.check(file), spec.commandLine().getOut(), err);
            } catch (IOException e) {
                err.println(file + ": cannot be read (" + e + "); check that it may be read");
                return Tocsin.INVALID_INPUT;
            }
        }

        private int report(PolicyResult result, PrintWriter out, PrintWriter err) {
            if (result instanceof PolicyResult.Invalid invalid) {
                invalid.problems().forEach(problem -> err.println(file + ":" + problem));
                return Tocsin.INVALID_INPUT;
            }
            PolicyResult.Valid valid = (PolicyResult.Valid) result;
            for (Problem warning : valid.warnings()) {
                err.println(file + ":" + warning.line() + ":" + warning.column() + ": " + warning.path() + ": warning: "
                        + warning.message());
            }
            int policies = valid.policySet().policies().size();
            out.print(file + " is valid: " + policies + (policies == 1 ? " policy, " : " policies, "));
            out.print(PolicyTable.of(valid.policySet()));
            out.flush();
            return Tocsin.DONE;
        }
    }
}
