package io.tocsin.app;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.policyfile.PolicyResult;
import io.tocsin.app.yaml.Problem;
import io.tocsin.engine.policy.PolicySet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads the policy files that a command line names. */
public final class PolicyOption {
    private PolicyOption() {}

    /**
     * The policies of a file.
     *
     * @throws Failure of input, with every mistake of the file, if it is missing or not valid
     */
    public static PolicySet read(Path file) {
        PolicyResult result = check(file);
        if (result instanceof PolicyResult.Invalid invalid) {
            throw Failure.ofInput(invalid.problems().stream()
                    .map((Problem problem) -> file + ":" + problem)
                    .toList());
        }
        return ((PolicyResult.Valid) result).policySet();
    }

    /**
     * Checks a file on a date and prints every mistake in a line of its own, as {@code tocsin policy check} does; empty when
     * there was one, or the file cannot be read.
     */
    public static Optional<PolicyResult.Valid> check(Path file, Instant now, PrintWriter err) {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            err.println(file + ": there is no such file; give the path of a policy file");
            return Optional.empty();
        }
        try {
            PolicyResult result = PolicyFile.check(file, now);
            if (result instanceof PolicyResult.Invalid invalid) {
                invalid.problems().forEach(problem -> err.println(file + ":" + problem));
                return Optional.empty();
            }
            return Optional.of((PolicyResult.Valid) result);
        } catch (IOException e) {
            err.println(file + ": cannot be read (" + e + "); check that it may be read");
            return Optional.empty();
        }
    }

    private static PolicyResult check(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Failure.ofInput(file + ": there is no such file; give the path of a policy file");
        }
        try {
            return PolicyFile.check(file);
        } catch (IOException e) {
            throw Failure.ofInput(file + ": cannot be read (" + e + "); check that it may be read");
        }
    }
}
