package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.rules.Rulebook;
import io.tocsin.engine.ticket.Attributes;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to find the policy of a ticket by its eight attributes: {@code benchmarks/run MatcherBenchmark}.
 *
 * <p>Policy by policy asks for a product and for a tier; the products are spread evenly, so that on average half of the
 * policies are tried. A set of attributes remembers what matched it under the rulebook it was asked for last, and tickets
 * share their sets: {@code known} is what nearly all events cost. {@code worked} asks two rulebooks by turns, so that neither
 * finds what it remembered.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class MatcherBenchmark {
    private static final String PRODUCT = "product";

    /** How many policies there are, up to the 50 products. */
    @Param({"4", "50"})
    public int policies;

    private final Attributes attributes = new Attributes();
    private final int[] refs = new int[Openings.COUNT];

    @SuppressWarnings("NullAway.Init")
    private Rulebook rules;

    @SuppressWarnings("NullAway.Init")
    private Rulebook others;

    private int index;

    /** Makes rulebooks and sets of attributes, and holds what matches to the product. */
    @Setup
    public void fill() {
        Registry registry = new Registry();
        rules = new Rulebook(policySet(), registry, attributes);
        others = new Rulebook(policySet(), registry, attributes);
        Openings openings = new Openings(false, new SplittableRandom(42));
        EventRecord event = new EventRecord();
        for (int i = 0; i < refs.length; i++) {
            event.wrap(openings.at(i), 0);
            refs[i] = attributes.merge(Attributes.EMPTY, event);
            int product = productOf(event);
            int expected = product < policies ? product : -1;
            int found = rules.match(attributes, refs[i]);
            if (found != expected || found != others.match(attributes, refs[i])) {
                throw new IllegalStateException(
                        "policy " + found + " matches product " + product + ", expected " + expected);
            }
        }
    }

    /** The policy of a set that was asked for before. */
    @Benchmark
    public int known() {
        return rules.match(attributes, refs[next()]);
    }

    /** The policy of a set that was not. */
    @Benchmark
    public int worked() {
        int i = next();
        // By turns over the whole round, not from one set to the next: each set is asked by one, then by the other.
        return ((index & Openings.COUNT) == 0 ? rules : others).match(attributes, refs[i]);
    }

    private int next() {
        return ++index & Openings.COUNT - 1;
    }

    private PolicySet policySet() {
        Target target = new Target(new TargetTime.Elapsed(1), CalendarSpec.ALWAYS, List.of(), List.of());
        List<Policy> list = IntStream.range(0, policies)
                .mapToObj(i -> new Policy(
                        "policy " + i,
                        Map.of(),
                        List.of(
                                new Condition(PRODUCT, Condition.Test.ANY_OF, List.of("product-" + i)),
                                new Condition("tier", Condition.Test.NONE_OF, List.of("internal"))),
                        Map.of("resolution", target)))
                .toList();
        return new PolicySet(
                ZoneOffset.UTC, 1, List.of(CalendarSpec.always(ZoneOffset.UTC)), BuiltInClocks.all(), list);
    }

    private static int productOf(EventRecord event) {
        event.firstAttribute();
        while (event.nextAttribute()) {
            if (event.name().equals(PRODUCT)) {
                return Integer.parseInt(event.value().substring(PRODUCT.length() + 1));
            }
        }
        throw new IllegalStateException("an opening without a product");
    }
}
