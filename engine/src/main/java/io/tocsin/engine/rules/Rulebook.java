package io.tocsin.engine.rules;

import io.tocsin.engine.calendar.BusinessCalendar;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Warning;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.TicketStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One policy file, ready for the core: which policy matches, which target it has for a clock, what an event does to the
 * clocks. Clocks that no policy of the file has a target for are not followed. Immutable; looking up allocates nothing.
 */
public final class Rulebook {
    private final PolicySet policies;
    private final int number;
    private final CompiledMatch[] matches;
    /** Of a ticket without attributes, as each one is for a moment. */
    private final int matchOfNothing;

    /** By policy and clock, {@link #NO_TARGET} where there is none. */
    private final int[][] targets;

    private final boolean[] repeats;
    private final int[][] unlessRunning;
    private final ClockProgram program;

    /** Stands for a clock that a policy has no target for. */
    public static final int NO_TARGET = -1;

    /**
     * Makes a rulebook and gives its names their numbers.
     *
     * @throws IllegalArgumentException if a target names a calendar or clock that the file does not have, a calendar
     *     never opens, or the registry is full
     */
    public Rulebook(PolicySet policies, Registry registry, Attributes attributes) {
        this.policies = policies;
        number = registry.nextRulebook();
        Map<String, BusinessCalendar> calendars = new HashMap<>();
        for (CalendarSpec spec : policies.calendars()) {
            calendars.put(spec.name(), new BusinessCalendar(spec));
        }
        List<ClockDefinition> definitions = followedClocks(policies);
        // All of them, so that a clock keeps its place in the order when it is promised only by a later file.
        for (ClockDefinition definition : policies.clocks()) {
            registry.clock(definition.name());
        }
        for (ClockDefinition definition : definitions) {
            registry.follow(registry.findClock(definition.name()));
        }
        int clockCount = registry.clockCount();
        repeats = new boolean[clockCount];
        unlessRunning = new int[clockCount][];
        for (ClockDefinition definition : definitions) {
            int clock = registry.findClock(definition.name());
            repeats[clock] = definition.repeat();
            unlessRunning[clock] = definition.unlessRunning().stream()
                    .mapToInt(registry::findClock)
                    .filter(other -> other >= 0)
                    .toArray();
        }
        program = new ClockProgram(definitions, registry, attributes);
        matches = new CompiledMatch[policies.policies().size()];
        targets = new int[matches.length][];
        for (int i = 0; i < matches.length; i++) {
            Policy policy = policies.policies().get(i);
            matches[i] = new CompiledMatch(policy.match(), attributes);
            targets[i] = compileTargets(policy, clockCount, calendars, registry);
        }
        matchOfNothing = firstMatch(attributes, Attributes.EMPTY);
    }

    /** The policy file this was made of. */
    public PolicySet policies() {
        return policies;
    }

    /** The first policy that matches a ticket's attributes, or {@link TicketStore#NO_POLICY}. */
    public int match(Attributes attributes, int ref) {
        if (ref == Attributes.EMPTY) {
            return matchOfNothing;
        }
        int known = attributes.knownPolicy(ref, number);
        if (known == TicketStore.UNKNOWN_POLICY) {
            known = firstMatch(attributes, ref);
            attributes.knownPolicy(ref, number, known);
        }
        return known;
    }

    private int firstMatch(Attributes attributes, int ref) {
        for (int i = 0; i < matches.length; i++) {
            if (matches[i].matches(attributes, ref)) {
                return i;
            }
        }
        return TicketStore.NO_POLICY;
    }

    /** The name of a policy, or null for none. */
    @Nullable
    public String policyName(int policy) {
        return policy == TicketStore.NO_POLICY
                ? null
                : policies.policies().get(policy).name();
    }

    /** The target of a policy for a clock, or {@link #NO_TARGET}. */
    public int target(int policy, int clock) {
        return policy == TicketStore.NO_POLICY || clock >= targets[policy].length ? NO_TARGET : targets[policy][clock];
    }

    /** The followed clocks that an event of this type may move, in their order; not to be changed. */
    public int[] clocksMovedBy(int type) {
        return program.clocksMovedBy(type);
    }

    /** The {@link Action}s of an event on a clock that its type may move. */
    public int actions(int type, int clock, Attributes attributes, int ref) {
        return program.actions(type, clock, attributes, ref);
    }

    /** Whether a followed clock may begin another cycle. */
    public boolean repeats(int clock) {
        return repeats[clock];
    }

    /** The clocks during which a followed clock does not start; not to be changed. */
    public int[] unlessRunning(int clock) {
        return unlessRunning[clock];
    }

    private static List<ClockDefinition> followedClocks(PolicySet policies) {
        List<ClockDefinition> clocks = new ArrayList<>();
        for (ClockDefinition clock : policies.clocks()) {
            if (policies.policies().stream().anyMatch(policy -> policy.targets().containsKey(clock.name()))) {
                clocks.add(clock);
            }
        }
        return clocks;
    }

    private static int[] compileTargets(
            Policy policy, int clockCount, Map<String, BusinessCalendar> calendars, Registry registry) {
        int[] byClock = new int[clockCount];
        Arrays.fill(byClock, NO_TARGET);
        for (Map.Entry<String, Target> entry : new TreeMap<>(policy.targets()).entrySet()) {
            int clock = registry.findClock(entry.getKey());
            if (clock < 0) {
                throw new IllegalArgumentException("policy " + policy.name() + " has a target for clock "
                        + entry.getKey() + ", which the file does not define");
            }
            Target target = entry.getValue();
            BusinessCalendar calendar = calendars.get(target.calendar());
            if (calendar == null) {
                throw new IllegalArgumentException("policy " + policy.name() + ", clock " + entry.getKey()
                        + ": calendar " + target.calendar() + " is not in the file");
            }
            CompiledTarget compiled = compile(policy.name(), clock, target, calendar, registry);
            registry.add(compiled);
            byClock[clock] = compiled.id();
        }
        return byClock;
    }

    private static CompiledTarget compile(
            String policy, int clock, Target target, BusinessCalendar calendar, Registry registry) {
        long targetNs = CompiledTarget.NO_DURATION;
        int businessDays = 0;
        boolean sameTime = false;
        if (target.time() instanceof TargetTime.Elapsed elapsed) {
            targetNs = elapsed.targetNs();
        } else if (target.time() instanceof TargetTime.BusinessDays days) {
            businessDays = days.days();
            sameTime = days.sameTime();
        }
        return new CompiledTarget(
                registry.nextTargetId(),
                clock,
                utf8(policy),
                calendar,
                targetNs,
                businessDays,
                sameTime,
                warnings(target, registry),
                steps(target));
    }

    private static CompiledTarget.Warn[] warnings(Target target, Registry registry) {
        CompiledTarget.Warn[] warnings =
                new CompiledTarget.Warn[target.warnings().size()];
        for (int i = 0; i < warnings.length; i++) {
            Warning warning = target.warnings().get(i);
            warnings[i] = new CompiledTarget.Warn(
                    registry.warning(warning.text()), utf8(warning.text()), warning.sharePpm(), warning.leftNs());
        }
        return warnings;
    }

    private static CompiledTarget.Step[] steps(Target target) {
        CompiledTarget.Step[] steps =
                new CompiledTarget.Step[target.escalation().size()];
        for (int i = 0; i < steps.length; i++) {
            EscalationStep step = target.escalation().get(i);
            byte[][] to = step.to().stream().map(Rulebook::utf8).toArray(byte[][]::new);
            steps[i] = new CompiledTarget.Step(utf8(step.after()), step.afterNs(), step.everyNs(), step.times(), to);
        }
        return steps;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
