package io.tocsin.app.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    private static final String TOGETHER = "the policies before it together match all its tickets";
    private static final String ALL_ITS = "the policy \"p0\" before it matches all its tickets";

    /** The warnings of a file whose policies p0, p1, … match as given, in flow style. */
    private static List<String> warnings(String... matches) {
        StringBuilder text = new StringBuilder("version: 1\npolicies:\n");
        for (int i = 0; i < matches.length; i++) {
            text.append("- {name: p").append(i).append(", match: {").append(matches[i]);
            text.append("}, targets: {resolution: 1h}}\n");
        }
        return Checks.warnings(text.toString());
    }

    private static void checkNeverReached(String why, String... matches) {
        int last = matches.length - 1;
        assertThat(warnings(matches))
                .containsExactly((last + 3) + ":3: policies[" + last + "]: is never reached: " + why);
    }

    @Test
    void shouldWarnOfValuesThatAnEarlierPolicyTakes() {
        checkNeverReached(ALL_ITS, "tier: [gold, silver]", "tier: gold");
        checkNeverReached(ALL_ITS, "tier: [gold, silver]", "tier: [silver, gold], channel: phone");
        checkNeverReached(ALL_ITS, "tier: {not: [bronze, iron]}", "tier: [gold, silver]");
        checkNeverReached(ALL_ITS, "tier: {not: bronze}", "tier: {not: [bronze, iron]}");
        checkNeverReached(ALL_ITS, "tier: \"*\"", "tier: gold");
        checkNeverReached(ALL_ITS, "tier: \"*\"", "channel: phone, tier: \"*\"");
    }

    @Test
    void shouldNotWarnWhenAnEarlierPolicyLeavesSomething() {
        assertThat(warnings("tier: gold", "tier: [gold, silver]")).isEmpty();
        assertThat(warnings("tier: {not: bronze}", "tier: [gold, bronze]")).isEmpty();
        assertThat(warnings("tier: {not: [bronze, iron]}", "tier: {not: bronze}"))
                .isEmpty();
        assertThat(warnings("tier: \"*\"", "tier: {not: gold}")).isEmpty();
        assertThat(warnings("tier: gold, channel: phone", "tier: gold")).isEmpty();
        assertThat(warnings("tier: gold", "channel: phone")).isEmpty();
    }

    @Test
    void shouldWarnOfWhatSeveralPoliciesTakeTogether() {
        checkNeverReached(TOGETHER, "tier: gold", "tier: {not: gold}", "channel: phone");
        checkNeverReached(TOGETHER, "tier: gold", "tier: silver", "tier: [silver, gold]");
        checkNeverReached(TOGETHER, "tier: \"*\"", "tier: {not: [gold, silver]}", "");
        checkNeverReached(TOGETHER, "a: 1, b: 1", "a: 1, b: {not: 1}", "a: {not: 1}", "c: 1");
        assertThat(warnings("a: 1, b: 1", "a: {not: 1}, b: {not: 1}", "")).isEmpty();
    }

    @Test
    void shouldNameTheFirstPolicyThatTakesAll() {
        checkNeverReached(
                "the policy \"p1\" before it matches all its tickets",
                "tier: gold",
                "tier: [gold, silver]",
                "tier: [silver, gold], channel: phone");
    }

    @Test
    void shouldNotWarnOfPoliciesThatStandAfterOneThatIsNeverReached() {
        checkNeverReached("the policy \"p0\" before it matches the same tickets", "a: 1", "b: 1", "a: 1");
        assertThat(warnings("a: 1", "a: 1, b: 1", "b: 1"))
                .singleElement()
                .asString()
                .contains("policies[1]");
    }

    /** Tries every ticket of three attributes that are absent, one of the values that policies name, or another. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldSayWhatTryingEveryTicketSays(long seed) {
        Random random = new Random(seed);
        int neverReached = 0;
        for (int round = 0; round < 400; round++) {
            List<List<Condition>> policies = new ArrayList<>();
            Reach reach = new Reach();
            for (int i = 0; i < 6; i++) {
                List<Condition> match = match(random);
                boolean expected = tickets().stream()
                        .noneMatch(ticket -> matches(match, ticket)
                                && policies.stream().noneMatch(earlier -> matches(earlier, ticket)));
                assertThat(reach.add("p" + i, match).isPresent())
                        .as("seed %d, %s after %s", seed, match, policies)
                        .isEqualTo(expected);
                policies.add(match);
                neverReached += expected ? 1 : 0;
            }
        }
        assertThat(neverReached).isGreaterThan(100);
    }

    private static final List<String> ATTRIBUTES = List.of("a", "b", "c");
    private static final List<String> VALUES = List.of("1", "2", "3");

    private static List<Condition> match(Random random) {
        List<Condition> match = new ArrayList<>();
        for (String attribute : ATTRIBUTES) {
            int test = random.nextInt(5);
            if (test < 3) {
                Condition.Test asked = Condition.Test.values()[test];
                List<String> values =
                        VALUES.stream().filter(value -> random.nextBoolean()).toList();
                boolean needsValues = asked != Condition.Test.PRESENT;
                match.add(new Condition(
                        attribute, asked, !needsValues ? List.of() : values.isEmpty() ? List.of("1") : values));
            }
        }
        return match;
    }

    private static List<List<@Nullable String>> tickets() {
        List<@Nullable String> values = new ArrayList<>(VALUES);
        values.add("another");
        values.add(null);
        List<List<@Nullable String>> tickets = new ArrayList<>();
        for (String a : values) {
            for (String b : values) {
                for (String c : values) {
                    List<@Nullable String> ticket = new ArrayList<>();
                    ticket.add(a);
                    ticket.add(b);
                    ticket.add(c);
                    tickets.add(ticket);
                }
            }
        }
        return tickets;
    }

    private static boolean matches(List<Condition> match, List<@Nullable String> ticket) {
        return match.stream().allMatch(condition -> {
            String value = ticket.get(ATTRIBUTES.indexOf(condition.attribute()));
            return switch (condition.test()) {
                case ANY_OF -> value != null && condition.values().contains(value);
                case NONE_OF -> value == null || !condition.values().contains(value);
                case PRESENT -> value != null;
            };
        });
    }

    @Test
    void shouldBoundTheWorkOnAFileMadeToBeHard() {
        List<String> matches = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 6_000; i++) {
            StringBuilder match = new StringBuilder();
            for (int attribute = 0; attribute < 40; attribute++) {
                if (random.nextInt(10) == 0) {
                    match.append(match.length() == 0 ? "" : ", ").append('a').append(attribute);
                    match.append(random.nextBoolean() ? ": x" : ": {not: x}");
                }
            }
            matches.add(match.length() == 0 ? "z: " + i : match.toString());
        }
        assertThat(warnings(matches.toArray(new String[0]))).isNotEmpty();
    }
}
