package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Problem;
import io.tocsin.app.yaml.Problems;
import io.tocsin.app.yaml.Value;
import io.tocsin.app.yaml.YamlText;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads policy files, version 1. The {@code check} methods find every mistake of a text and never throw because of what
 * it says; {@link #read} is the engine's port for texts that were checked before. Holds no state: any thread may call
 * anything. The time taken and the memory used are bounded by {@link YamlText#MAX_BYTES}, whatever the text says.
 */
public final class PolicyFile implements PolicyReader {
    private static final String KIND = "policy file";

    /**
     * Checks a file.
     *
     * @throws IOException if it cannot be read
     */
    public static PolicyResult check(Path file) throws IOException {
        Problems problems = new Problems();
        return result(YamlText.read(file, KIND, problems), problems);
    }

    /** Checks a text as it came over the wire, in UTF-8. */
    public static PolicyResult check(byte[] utf8) {
        Problems problems = new Problems();
        return result(YamlText.parse(utf8, KIND, problems), problems);
    }

    /** Checks a text. */
    public static PolicyResult check(String text) {
        Problems problems = new Problems();
        return result(YamlText.parse(text, KIND, problems), problems);
    }

    private static PolicyResult result(Optional<Value> root, Problems problems) {
        Optional<PolicySet> policySet = root.flatMap(new PolicySetReader()::read);
        List<Problem> errors = problems.errors();
        return errors.isEmpty()
                ? new PolicyResult.Valid(policySet.orElseThrow(), problems.warnings())
                : new PolicyResult.Invalid(errors);
    }

    /** Reads a text that is expected to be valid; the exception's message lists every mistake, one a line. */
    @Override
    public PolicySet read(String text) {
        PolicyResult result = check(text);
        if (result instanceof PolicyResult.Invalid invalid) {
            throw new IllegalArgumentException(
                    invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return ((PolicyResult.Valid) result).policySet();
    }
}
