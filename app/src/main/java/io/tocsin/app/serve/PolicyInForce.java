package io.tocsin.app.serve;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the policies that come as records and remembers the last: the one in force. Reading is the engine's thread's; a text
 * that was read before, by whoever offers it, is {@link #prepare}d, so that the engine need not read it again.
 */
final class PolicyInForce implements PolicyReader {
    private final PolicyFile reader = new PolicyFile();
    private volatile String text = "";
    private volatile Map<String, Map<String, String>> labels = Map.of();
    private volatile Map<String, Double> goals = Map.of();
    private volatile boolean hasFigures;

    @Nullable
    private volatile Prepared prepared;

    private record Prepared(String text, PolicySet policies) {}

    @Override
    public PolicySet read(String newText) {
        Prepared ready = prepared;
        PolicySet policies = ready != null && ready.text.equals(newText) ? ready.policies : reader.read(newText);
        text = newText;
        labels = policies.policies().stream().collect(Collectors.toMap(Policy::name, Policy::label));
        goals = goals(policies.objectives());
        hasFigures = !policies.figures().equals(FigureSettings.DEFAULT);
        return policies;
    }

    /** Reads a text that is about to come as a record. Any thread. */
    PolicySet parse(String newText) {
        PolicySet policies = reader.read(newText);
        prepare(newText, policies);
        return policies;
    }

    /** What a text says that is about to come as a record. Any thread. */
    void prepare(String newText, PolicySet policies) {
        prepared = new Prepared(newText, policies);
    }

    /** The display names of one of the policies in force, by language tag. Any thread. */
    Map<String, String> labels(String policy) {
        return labels.getOrDefault(policy, Map.of());
    }

    /**
     * What attainment must not fall below, by the clock's name, as the first objective on it says. Any thread.
     */
    Map<String, Double> goals() {
        return goals;
    }

    /** Whether the file says anything of its figures that is not the default. Any thread. */
    boolean hasFigures() {
        return hasFigures;
    }

    private static Map<String, Double> goals(List<Objective> objectives) {
        return objectives.stream()
                .filter(objective -> objective.metric() == Objective.Metric.ATTAINMENT && objective.below())
                .collect(Collectors.toMap(
                        objective -> Objects.requireNonNull(objective.clock()),
                        Objective::bound,
                        (first, later) -> first));
    }

    /** The text of the policy in force, empty before the first. Any thread. */
    String text() {
        return text;
    }
}
