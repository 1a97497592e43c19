package io.tocsin.app.policyfile;

import static io.tocsin.app.policyfile.Checks.ANY_POLICY;
import static io.tocsin.app.policyfile.Checks.lines;
import static io.tocsin.app.policyfile.Checks.onlyPolicy;
import static io.tocsin.app.policyfile.Checks.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.app.yaml.Problem;
import io.tocsin.app.yaml.YamlText;
import io.tocsin.engine.policy.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text below the policy: syntax, places, sizes, and YAML's traps. */
class YamlTextTest {
    @Test
    void shouldSayThatAFileIsEmpty() {
        String expected = "1:1: $: the file is empty; a policy file begins with version: 1";
        assertThat(lines("")).containsExactly(expected);
        assertThat(lines("# nothing but a comment\n")).containsExactly(expected);
    }

    @Test
    void shouldSayWhereTheSyntaxIsWrong() {
        assertThat(lines("version: 1\npolicies:\n  - name: [a\n"))
                .containsExactly("4:1: $: YAML syntax: while parsing a flow sequence, expected ',' or ']',"
                        + " but got <stream end>");
        assertThat(lines("version: 1\n\tpolicies: []\n"))
                .singleElement()
                .asString()
                .startsWith("2:1: $: YAML syntax: ")
                .endsWith("; indent with spaces, not with tabs");
        assertThat(lines("policies:\n  - match: {agent: *}\n"))
                .singleElement()
                .asString()
                .startsWith("2:21: $: YAML syntax: ")
                .endsWith("; text that begins with * must be quoted, as in agent: \"*\"");
    }

    @Test
    void shouldRefuseASecondDocument() {
        assertThat(lines("version: 1\n---\nversion: 1\n"))
                .containsExactly("2:1: $: a second document begins here; a policy file holds one");
    }

    @Test
    void shouldRefuseWhatIsNoMap() {
        assertThat(lines("- version: 1\n"))
                .containsExactly("1:1: $: is a list, expected a map that begins with version: 1");
        assertThat(lines("hello")).containsExactly("1:1: $: is \"hello\", expected a map that begins with version: 1");
    }

    @Test
    void shouldReportKeysThatComeTwice() {
        assertThat(lines("version: 1\n" + ANY_POLICY + "version: 1\n"))
                .containsExactly("3:1: version: is given twice, first in line 1; keep one of them");
    }

    @Test
    void shouldCountColumnsInCharacters() {
        assertThat(lines("version: 1\npolicies: [{name: 售后😀, targets: {first_response: 0m}}]\n"))
                .singleElement()
                .asString()
                .startsWith("2:50: policies[0].targets.first_response: ");
    }

    @Test
    void shouldReadByteOrderMarksAndForeignLineEnds() {
        valid("\uFEFFversion: 1\r\n" + ANY_POLICY.replace("\n", "\r\n"));
        assertThat(lines("\uFEFFversion: 2\r\n" + ANY_POLICY))
                .containsExactly("1:10: version: is \"2\", this build reads version 1");
    }

    @Test
    void shouldTakeEveryScalarAsItsText() {
        String text = """
                version: 1
                policies:
                - name: on
                  match: {a: 5, b: true, c: no, d: 22:00, e: 2026-10-10, f: [1e3, 0x1F, 012], g: 1.0, h: '', on: "null"}
                  targets: {first_response: 15m}
                """;
        assertThat(onlyPolicy(text).name()).isEqualTo("on");
        assertThat(onlyPolicy(text).match())
                .extracting(Condition::values)
                .containsExactly(
                        List.of("5"),
                        List.of("true"),
                        List.of("no"),
                        List.of("22:00"),
                        List.of("2026-10-10"),
                        List.of("1e3", "0x1F", "012"),
                        List.of("1.0"),
                        List.of(""),
                        List.of("null"));
        assertThat(onlyPolicy(text).match()).extracting(Condition::attribute).contains("on");
    }

    @Test
    void shouldNotTakeAMissingValueForText() {
        assertThat(lines("version: 1\ntimezone:\n" + ANY_POLICY))
                .containsExactly(
                        "2:10: timezone: is without a value, expected a time zone such as Asia/Shanghai or UTC");
        assertThat(lines(Checks.policyWith("match: {agent: null}, targets: {first_response: 1m}")))
                .containsExactly("3:30: policies[0].match.agent: is without a value,"
                        + " expected a value, a list of values, {not: value} or \"*\"");
    }

    @Test
    void shouldFollowAliases() {
        String text = """
                version: 1
                policies:
                - {name: a, match: {tier: gold}, targets: &fast {first_response: 15m}}
                - {name: b, targets: *fast}
                """;
        assertThat(valid(text).policies().get(1).targets())
                .isEqualTo(valid(text).policies().get(0).targets());
    }

    @Test
    void shouldRefuseAliasesWithoutAnchorAndIntoThemselves() {
        assertThat(lines("version: 1\npolicies: *none\n"))
                .containsExactly("2:11: $: the alias *none has no complete anchor &none before it;"
                        + " text that begins with * must be quoted");
        assertThat(lines("version: 1\npolicies: &a [*a]\n"))
                .singleElement()
                .asString()
                .startsWith("2:15: $: the alias *a has no complete anchor");
        // The nearest anchor of that name counts, which is the list itself.
        assertThat(lines("version: &a 1\npolicies: &a [*a]\n"))
                .singleElement()
                .asString()
                .startsWith("2:15: $: the alias *a has no complete anchor");
    }

    @Test
    void shouldRefuseAnAliasBomb() {
        StringBuilder bomb = new StringBuilder("version: 1\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append((alias + ", ").repeat(9)).append(alias).append("]\n");
        }
        assertThat(lines(bomb.toString())).containsExactly("7:5: $: aliases unfold to more than 1000000 values");
    }

    @Test
    void shouldRefuseDeepNesting() {
        assertThat(lines("[".repeat(100_000))).containsExactly("1:52: $: values are nested more than 50 deep");
    }

    @Test
    void shouldRefuseMergeKeysTagsAndKeysThatAreNoText() {
        assertThat(lines(Checks.policyWith("<<: {calendar: 24x7}, targets: {first_response: 1m}")))
                .containsExactly("3:15: policies[0][\"<<\"]: merge keys are not supported: write the keys out,"
                        + " or use an alias for a whole value");
        assertThat(lines("version: !number 1\n"))
                .containsExactly("1:10: $: the tag \"!number\" is unknown; a policy file needs no tags");
        assertThat(lines("? [a]\n: 1\n"))
                .containsExactly("1:3: $: a key must be text; text that begins with [ or { must be quoted");
    }

    @Test
    void shouldSayWhereACharacterOrByteIsWrong() {
        assertThat(lines("version: 1\nname: a\u0007b\n"))
                .containsExactly("2:8: $: the character U+0007 is not allowed in YAML");
        byte[] latin = "version: 1\n# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1);
        PolicyResult result = PolicyFile.check(latin);
        assertThat(result)
                .isEqualTo(new PolicyResult.Invalid(
                        List.of(new Problem("$", 2, 4, "the byte 0xFC is not UTF-8; save the file as UTF-8"))));
    }

    @Test
    void shouldRefuseAHugeFile(@TempDir Path folder) throws IOException {
        String start = "version: 1\n" + ANY_POLICY + "#";
        String largest = start + "x".repeat(YamlText.MAX_BYTES - start.length());
        valid(largest);
        String expected = "1:1: $: the file is too large, a policy file has at most 1048576 bytes";
        assertThat(lines(largest + "x")).containsExactly(expected);
        assertThat(lines(start + "售".repeat(YamlText.MAX_BYTES / 3))).containsExactly(expected);
        Path file = Files.writeString(folder.resolve("huge.yaml"), largest + "x");
        assertThat(PolicyFile.check(file)).isInstanceOf(PolicyResult.Invalid.class);
    }

    @Test
    void shouldReadAFileAndItsBytesAsItsText(@TempDir Path folder) throws IOException {
        String text = "version: 1\ntimezone: Asia/Shanghai\n" + ANY_POLICY;
        Path file = Files.writeString(folder.resolve("policy.yaml"), text);
        assertThat(PolicyFile.check(file)).isEqualTo(PolicyFile.check(text));
        assertThat(PolicyFile.check(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(PolicyFile.check(text));
        assertThat(new PolicyFile().read(text)).isEqualTo(valid(text));
    }

    @Test
    void shouldThrowAllProblemsWhenReadAsAPort() {
        assertThatThrownBy(() -> new PolicyFile().read("version: 2\ncolour: red\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1:1: policies: is missing, expected a list of policies\n"
                        + "1:10: version: is \"2\", this build reads version 1\n"
                        + "2:1: colour: unknown key \"colour\"; known: version, timezone, forget_after, calendars,"
                        + " escalations, clocks, policies, figures, objectives");
    }

    @Test
    void shouldNeverThrowWhateverTheTextSays() {
        Random random = new Random(42);
        String original = BuiltInPolicy.text();
        String alphabet = " \n\t:-,[]{}\"'*&!|>%#?<0a\u0000\uD83D\u00e9";
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder(original);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                char with = alphabet.charAt(random.nextInt(alphabet.length()));
                if (random.nextBoolean()) {
                    text.setCharAt(at, with);
                } else {
                    text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
                }
            }
            assertThat(PolicyFile.check(text.toString())).as("round %d", round).isNotNull();
        }
    }
}
