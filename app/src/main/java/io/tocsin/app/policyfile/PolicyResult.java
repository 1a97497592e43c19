package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Problem;
import io.tocsin.engine.policy.PolicySet;
import java.util.List;

/** What a policy text turned out to be. Immutable. */
public sealed interface PolicyResult {
    /**
     * A text without mistakes.
     *
     * @param policySet what it says
     * @param warnings what is allowed but looks like an oversight, in the text's order; often empty
     */
    record Valid(PolicySet policySet, List<Problem> warnings) implements PolicyResult {
        /** Copies the warnings. */
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A text that cannot be used.
     *
     * @param problems every mistake, in the text's order; at least one
     */
    record Invalid(List<Problem> problems) implements PolicyResult {
        /** Copies the problems. */
        public Invalid {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("an invalid policy file has no problem, it needs at least one");
            }
        }
    }
}
