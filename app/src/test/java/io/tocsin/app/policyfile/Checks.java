package io.tocsin.app.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.yaml.Problem;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shorthands of the tests of this room. */
final class Checks {
    /** A policy that needs nothing, for files that are about something else. */
    static final String ANY_POLICY = "policies: [{name: all, targets: {first_response: 15m}}]\n";

    private static final Pattern VALUE = Pattern.compile("^(?:is |unknown [a-z ]+ |the [a-z' ]+ )?\"([^\"]*)\"");

    private Checks() {}

    static PolicySet valid(String text) {
        PolicyResult result = PolicyFile.check(text);
        assertThat(result).as(() -> "result of\n" + text).isInstanceOf(PolicyResult.Valid.class);
        return ((PolicyResult.Valid) result).policySet();
    }

    static List<Problem> problems(String text) {
        PolicyResult result = PolicyFile.check(text);
        assertThat(result).as(() -> "result of\n" + text).isInstanceOf(PolicyResult.Invalid.class);
        List<Problem> problems = ((PolicyResult.Invalid) result).problems();
        problems.forEach(problem -> checkPlace(text, problem));
        return problems;
    }

    /** Where a message begins with the value it is about, that value must stand at the problem's place. */
    private static void checkPlace(String text, Problem problem) {
        Matcher value = VALUE.matcher(problem.message());
        if (!value.find() || value.group(1).contains("\\")) {
            return;
        }
        String line = text.replace("\uFEFF", "").split("\n", -1)[problem.line() - 1];
        String rest = line.substring(line.offsetByCodePoints(0, problem.column() - 1));
        assertThat(rest.replaceFirst("^[\"']", "")).as(problem.toString()).startsWith(value.group(1));
    }

    static List<String> warnings(String text) {
        PolicyResult result = PolicyFile.check(text);
        assertThat(result).as(() -> "result of\n" + text).isInstanceOf(PolicyResult.Valid.class);
        return ((PolicyResult.Valid) result)
                .warnings().stream().map(Problem::toString).toList();
    }

    /** The problems as the command line shows them, without the file's name. */
    static List<String> lines(String text) {
        return problems(text).stream().map(Problem::toString).toList();
    }

    /** A file with one policy for everybody, whose keys below {@code name} are given in flow style. */
    static String policyWith(String keys) {
        return "version: 1\npolicies:\n- {name: all, " + keys + "}\n";
    }

    /** The only policy's target for the first response. */
    static Target firstResponse(String text) {
        return onlyPolicy(text).targets().get("first_response");
    }

    static Policy onlyPolicy(String text) {
        return valid(text).policies().get(0);
    }
}
