package io.tocsin.app;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.policyfile.PolicyResult;
import io.tocsin.app.yaml.Problem;
import io.tocsin.engine.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the file that a {@code --policy} option names. */
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
