package io.tocsin.app.policyfile;

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
 * Whether many policies cover another is a hard question (it is that of satisfiability), so a file that would need more
 * than {@link #MAX_WORK} steps is no longer asked; of what was not asked nothing is said.
 */
final class Reach {
    /** Steps for a whole file, each a name or value looked at: less than a second. */
    private static final long MAX_WORK = 5_000_000;

    private static final int MAX_PIECES = 1_000;

    private record Earlier(String name, MatchRegion region) {}

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
        Optional<String> why = takenByOne(region).or(() -> takenTogether(region));
        if (why.isEmpty()) {
            // One that is never reached takes nothing that the others would leave.
            earlier.add(new Earlier(name, region));
        }
        return why;
    }

    private Optional<String> takenByOne(MatchRegion region) {
        for (Earlier policy : earlier) {
            if (butNot(region, policy.region).isEmpty()) {
                return Optional.of(before(policy.name) + "all its tickets");
            }
        }
        return Optional.empty();
    }

    private Optional<String> takenTogether(MatchRegion region) {
        List<MatchRegion> left = List.of(region);
        for (Earlier policy : earlier) {
            List<MatchRegion> pieces = new ArrayList<>();
            left.forEach(piece -> pieces.addAll(butNot(piece, policy.region)));
            left = pieces;
            if (left.size() > MAX_PIECES || isTired()) {
                return Optional.empty();
            }
        }
        return left.isEmpty()
                ? Optional.of("is never reached: the policies before it together match all its tickets")
                : Optional.empty();
    }

    private List<MatchRegion> butNot(MatchRegion region, MatchRegion taken) {
        List<MatchRegion> pieces = region.butNot(taken);
        work += (1 + pieces.size()) * (1 + region.size() + taken.size());
        return pieces;
    }

    private boolean isTired() {
        return work > MAX_WORK;
    }

    private static String before(String name) {
        return "is never reached: the policy " + Names.quote(name) + " before it matches ";
    }
}
