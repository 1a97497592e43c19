package io.tocsin.app.explain;

import io.tocsin.app.yaml.Names;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a policy file promises to a ticket whose clocks all start at one instant. Immutable.
 *
 * @param atNs the instant, in nanoseconds since the epoch
 * @param attributes the ticket's, in the order given
 * @param unknown those of them that the file never asks for
 * @param passedOver the policies before the one that applies, or all
 * @param policy the one that applies, or null
 * @param forecasts of its clocks, in the clocks' order
 */
record Explanation(
        long atNs,
        Map<String, String> attributes,
        List<Unknown> unknown,
        List<Mismatch> passedOver,
        @Nullable Policy policy,
        List<Forecast> forecasts) {
    /**
     * An attribute that no condition of the file names.
     *
     * @param name as given
     * @param nearest the attribute that was probably meant, or null
     * @param hint a line for people
     */
    record Unknown(String name, @Nullable String nearest, String hint) {}

    /**
     * Explains what the engine makes of a ticket. Runs engines of its own on the calling thread.
     *
     * @param attributes at most as many and as long as an event may carry
     */
    static Explanation of(PolicySet policies, Map<String, String> attributes, long atNs) {
        Trial trial = new Trial(policies, attributes, atNs);
        List<Unknown> unknown = unknown(policies, attributes);
        Optional<String> applies = trial.policy();
        List<Mismatch> passedOver = new ArrayList<>();
        for (Policy policy : policies.policies()) {
            if (applies.isPresent() && applies.get().equals(policy.name())) {
                return new Explanation(
                        atNs, attributes, unknown, passedOver, policy, forecasts(trial, policies, policy));
            }
            passedOver.add(Mismatch.of(policy, attributes));
        }
        return new Explanation(atNs, attributes, unknown, passedOver, null, List.of());
    }

    private static List<Forecast> forecasts(Trial trial, PolicySet policies, Policy policy) {
        List<Forecast> forecasts = new ArrayList<>();
        for (ClockDefinition clock : policies.clocks()) {
            if (policy.targets().containsKey(clock.name())) {
                forecasts.add(trial.forecast(policy, clock));
            }
        }
        return forecasts;
    }

    private static List<Unknown> unknown(PolicySet policies, Map<String, String> attributes) {
        Set<String> known = attributesOf(policies);
        return attributes.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Unknown(
                        name, Names.nearest(name, known).orElse(null), Names.unknown("attribute", name, known)))
                .toList();
    }

    private static Set<String> attributesOf(PolicySet policies) {
        Set<String> names = new LinkedHashSet<>();
        policies.policies().stream()
                .flatMap(policy -> policy.match().stream())
                .map(Condition::attribute)
                .forEach(names::add);
        policies.clocks().stream()
                .flatMap(Explanation::conditions)
                .map(Condition::attribute)
                .forEach(names::add);
        return names;
    }

    private static Stream<Condition> conditions(ClockDefinition clock) {
        return Stream.of(clock.start(), clock.stop(), clock.pause(), clock.resume(), clock.restart(), clock.cancel())
                .flatMap(List::stream)
                .flatMap(trigger -> trigger.when().stream());
    }
}
