package io.tocsin.engine.rules;

import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that outlive a policy file, because cycles refer to them: clocks, targets, warnings and event types. A name
 * keeps its number when the file is replaced. The clocks' numbers are the clocks' order: the built-in ones first, then
 * others in the order in which files first define them. Off the hot path.
 */
public final class Registry {
    /** Most clocks over the life of a journal. */
    public static final int MAX_CLOCKS = 256;
    /** Most different warning texts over the life of a journal. */
    public static final int MAX_WARNINGS = 64;

    /** Most targets over the life of a journal. */
    public static final int MOST_TARGETS = (1 << 22) - 1;

    private final EventTypes eventTypes = new EventTypes();
    private final Map<String, Integer> clocks = new LinkedHashMap<>();
    private final List<byte[]> clockNames = new ArrayList<>();
    private final BitSet followedClocks = new BitSet();
    private final Map<String, Integer> warnings = new LinkedHashMap<>();
    private CompiledTarget[] targets = new CompiledTarget[64];
    private int targetCount;
    private int rulebookCount;

    /** A registry that knows the built-in clocks. */
    public Registry() {
        for (ClockDefinition builtIn : BuiltInClocks.all()) {
            clock(builtIn.name());
        }
    }

    /** The event types. */
    public EventTypes eventTypes() {
        return eventTypes;
    }

    /** How many clocks there are. */
    public int clockCount() {
        return clockNames.size();
    }

    /** Whether any policy ever had a target for a clock. */
    public boolean wasFollowed(int clock) {
        return followedClocks.get(clock);
    }

    /** A clock's name in UTF-8; not to be changed. */
    public byte[] clockName(int clock) {
        return clockNames.get(clock);
    }

    /** A clock's name. Allocates. */
    public String clockText(int clock) {
        return new String(clockNames.get(clock), StandardCharsets.UTF_8);
    }

    /** The number of a clock, or -1 when it is neither built in nor was ever named by a policy. */
    public int findClock(String name) {
        return clocks.getOrDefault(name, -1);
    }

    /** A target. */
    public CompiledTarget target(int id) {
        return targets[id];
    }

    /** How many targets there are. */
    public int targetCount() {
        return targetCount;
    }

    /** How many different warnings there are. */
    public int warningCount() {
        return warnings.size();
    }

    /**
     * Why a policy file has no room on top of all files before it, or null when it has.
     */
    @Nullable
    public String refusalOf(PolicySet policies) {
        Set<String> clocksThen = new HashSet<>(clocks.keySet());
        policies.clocks().forEach(clock -> clocksThen.add(clock.name()));
        Set<String> warningsThen = new HashSet<>(warnings.keySet());
        for (Policy policy : policies.policies()) {
            for (Target target : policy.targets().values()) {
                target.warnings().forEach(warning -> warningsThen.add(warning.text()));
            }
        }
        if (clocksThen.size() > MAX_CLOCKS) {
            return tooMany("clocks", clocksThen.size(), MAX_CLOCKS);
        }
        if (warningsThen.size() > MAX_WARNINGS) {
            return tooMany("different warnings", warningsThen.size(), MAX_WARNINGS);
        }
        long targetsThen = targetCount;
        for (Policy policy : policies.policies()) {
            targetsThen += policy.targets().size();
        }
        return targetsThen > MOST_TARGETS ? tooMany("targets", targetsThen, MOST_TARGETS) : null;
    }

    int clock(String name) {
        return clocks.computeIfAbsent(name, added -> {
            limit("clocks", clockNames.size() + 1, MAX_CLOCKS);
            clockNames.add(added.getBytes(StandardCharsets.UTF_8));
            return clockNames.size() - 1;
        });
    }

    void follow(int clock) {
        followedClocks.set(clock);
    }

    int warning(String text) {
        return warnings.computeIfAbsent(text, added -> {
            limit("different warnings", warnings.size() + 1, MAX_WARNINGS);
            return warnings.size();
        });
    }

    /** A number that tells a rulebook from others, from 1. */
    int nextRulebook() {
        return ++rulebookCount;
    }

    int nextTargetId() {
        return targetCount;
    }

    void add(CompiledTarget target) {
        limit("targets", targetCount + 1, MOST_TARGETS);
        if (targetCount == targets.length) {
            targets = Arrays.copyOf(targets, targetCount * 2);
        }
        targets[targetCount++] = target;
    }

    private static void limit(String what, int count, int most) {
        if (count > most) {
            throw new IllegalArgumentException(tooMany(what, count, most));
        }
    }

    private static String tooMany(String what, long count, int most) {
        return "with this one, the policies since the journal began name " + count + " " + what + ", the most is "
                + most;
    }
}
