package io.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class TocsinCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintHelpToStandardOutput() {
        assertThat(run("--help")).isEqualTo(0);

        assertThat(out.toString()).startsWith("Usage: tocsin");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldPrintVersionToStandardOutput() {
        assertThat(run("--version")).isEqualTo(0);

        assertThat(out.toString()).startsWith("tocsin ");
    }

    @Test
    void shouldRefuseAnUnknownOptionInOneLineThatSaysWhereHelpIs() {
        assertThat(run("--policyy")).isEqualTo(2);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tocsin: Unknown option: '--policyy'")
                .contains("'tocsin --help'");
    }

    @Test
    void shouldRefuseToDoNothing() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString().lines()).singleElement().asString().startsWith("tocsin: no command given");
    }

    @Test
    void shouldExitWithTwoWhenInputIsInvalid() {
        assertThat(run(() -> {
                    throw Failure.ofInput("policy.yaml is not there; give the file that --policy should read");
                }))
                .isEqualTo(2);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines("tocsin: policy.yaml is not there; give the file that --policy should read");
    }

    @Test
    void shouldExitWithOneWhenTheWorkFails() {
        assertThat(run(() -> {
                    throw Failure.ofRun("port 8080 is taken;\n  choose another with --port", null);
                }))
                .isEqualTo(1);

        assertThat(err.toString()).isEqualToIgnoringNewLines("tocsin: port 8080 is taken; choose another with --port");
    }

    @Test
    void shouldReportAnUnexpectedExceptionInOneLine() {
        assertThat(run(() -> {
                    throw new IllegalStateException("slot 7 is taken");
                }))
                .isEqualTo(1);

        assertThat(err.toString().lines()).singleElement().asString().contains("slot 7 is taken", "tocsin.trace");
    }

    private int run(Callable<Integer> work) {
        return execute(Tocsin.commandLine().addSubcommand("work", new Work(work)), "work");
    }

    private int run(String... args) {
        return execute(Tocsin.commandLine(), args);
    }

    private int execute(CommandLine command, String... args) {
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Command(name = "work")
    private record Work(Callable<Integer> work) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return work.call();
        }
    }
}
