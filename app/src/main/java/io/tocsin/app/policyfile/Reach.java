package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Names;
import io.tocsin.engine.policy.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the policies that no ticket reaches, because those before them take all that they match. One instance is told the
 * policies of one file in their order.
 *
 * <p>The answer is exact, for one policy that takes all and for several that do so together, as long as the work is small.
 * Whether many policies cover another is a hard question (it is that of satisfiability), so after {@link #MAX_WORK} steps
 * nothing more is asked, and of what was not asked nothing is said. That is enough for some thousand policies.
 */
final class Reach {
    /** Steps for a whole file, each a name or value looked at: less than a second. */
    private static final long MAX_WORK = 50_000_000;

    /** A step that builds sets takes so many that only look. */
    private static final int BUILDING = 10;

    private static final int MAX_PIECES = 1_000;

    private record Earlier(String name, MatchRegion region, long size) {}

    private final List<Earlier> earlier = new ArrayList<>();
    private final Map<Set<Condition>, String> matches = new HashMap<>();
    private long work;

    /** Takes the next policy; says why it is never reached, or nothing. */
    Optional<String> add(String name, List<Condition> match) {
        String everybody = matches.get(Set.<Condition>of());
        String same = matches.putIfAbsent(Set.copyOf(match), name);
        if (everybody != null) {
            return Optional.of(before(everybody) + "everybody");
        }
        if (same != null) {
            return Optional.of(before(same) + "the same tickets");
        }
        return isTired() ? Optional.empty() : look(name, MatchRegion.of(match));
    }

    private Optional<String> look(String name, MatchRegion region) {
        long size = region.size();
        List<Earlier> met = met(region, size);
        Optional<String> why = takenByOne(region, met).or(() -> takenTogether(region, met));
        if (why.isEmpty()) {
            // One that is never reached takes nothing that the others would leave.
            earlier.add(new Earlier(name, region, size));
        }
        return why;
    }

    private List<Earlier> met(MatchRegion region, long size) {
        List<Earlier> met = new ArrayList<>();
        for (Earlier policy : earlier) {
            work += 1 + size + policy.size;
            if (region.meets(policy.region)) {
                met.add(policy);
            }
        }
        return met;
    }

    private Optional<String> takenByOne(MatchRegion region, List<Earlier> met) {
        for (Earlier policy : met) {
            if (butNot(region, policy).isEmpty()) {
                return Optional.of(before(policy.name) + "all its tickets");
            }
        }
        return Optional.empty();
    }

    private Optional<String> takenTogether(MatchRegion region, List<Earlier> met) {
        List<MatchRegion> left = List.of(region);
        for (Earlier policy : met) {
            List<MatchRegion> pieces = new ArrayList<>();
            left.forEach(piece -> pieces.addAll(piece.meets(policy.region) ? butNot(piece, policy) : List.of(piece)));
            left = pieces;
            work += left.size();
            if (left.size() > MAX_PIECES || isTired()) {
                return Optional.empty();
            }
        }
        return left.isEmpty()
                ? Optional.of("is never reached: the policies before it together match all its tickets")
                : Optional.empty();
    }

    private List<MatchRegion> butNot(MatchRegion region, Earlier policy) {
        List<MatchRegion> pieces = region.butNot(policy.region);
        work += BUILDING * (1L + pieces.size()) * (1 + region.size() + policy.size);
        return pieces;
    }

    private boolean isTired() {
        return work > MAX_WORK;
    }

    private static String before(String name) {
        return "is never reached: the policy " + Names.quote(name) + " before it matches ";
    }
}
