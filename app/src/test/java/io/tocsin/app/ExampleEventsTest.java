package io.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays each file of {@code examples/events} under the policy of the same name and compares the alerts with those that
 * were worked out by hand. An example is tested by being there.
 */
class ExampleEventsTest {
    /** Maven runs the tests in the module's folder. */
    private static final Path EXAMPLES = Path.of("..", "examples");

    private static final Path EVENTS = EXAMPLES.resolve("events");
    private static final Path POLICIES = EXAMPLES.resolve("policies");
    private static final String ALERTS_SUFFIX = ".alerts.ndjson";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private static List<String> names() throws IOException {
        return filesIn(EVENTS).stream()
                .filter(file -> file.endsWith(".ndjson") && !file.endsWith(ALERTS_SUFFIX))
                .map(file -> file.substring(0, file.length() - ".ndjson".length()))
                .toList();
    }

    private static List<Path> policies() throws IOException {
        return filesIn(POLICIES).stream().map(POLICIES::resolve).toList();
    }

    private static List<String> filesIn(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldGiveTheAlertsWorkedOutByHand(String name) throws IOException {
        Path alerts = folder.resolve("alerts.ndjson");
        replay(name, "--alerts", alerts.toString());
        assertThat(withoutDetected(alerts)).containsExactlyElementsOf(withoutDetected(expectedAlerts(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldExerciseEveryClockWithATarget(String name) throws IOException {
        replay(name);
        JsonNode clocks = JSON.readTree(out.toString()).path("clocks");
        assertThat(clocks).isNotEmpty();
        clocks.properties().forEach(clock -> {
            JsonNode figures = clock.getValue();
            int decided = figures.path("met").asInt() + figures.path("breached").asInt();
            assertThat(decided).as(clock.getKey()).isPositive();
        });
    }

    /** Holidays go by, and the real streams are of years that have gone by: of dates alone the command may warn. */
    @ParameterizedTest
    @MethodSource("policies")
    void shouldPassThePolicyCheckWithoutWarningsButOfPastDates(Path policy) {
        int exitCode = run("policy", "check", policy.toString());
        assertThat(err.toString().lines())
                .allSatisfy(line -> assertThat(line).contains(": warning: ").contains("in the past only"));
        assertThat(exitCode).isZero();
    }

    @Test
    void shouldGiveTheFiguresOfTheQualityReport() throws IOException {
        Path stats = folder.resolve("stats.json");
        replay("s3-quality-report", "--stats", stats.toString());
        JsonNode clocks = JSON.readTree(stats.toFile()).at("/groups/0/clocks");
        assertThat(clocks.at("/first_response/average").asDouble()).isCloseTo(15.8, within(1e-6));
        assertThat(clocks.at("/first_response/attainment").asDouble()).isEqualTo(1 - 2 / 8.0);
        assertThat(clocks.at("/resolution/average").asDouble()).isCloseTo(22.3 * 60, within(1e-6));
        assertThat(clocks.at("/resolution/attainment").asDouble()).isEqualTo(1 - 3 / 8.0);
    }

    @Test
    void shouldHaveEventsAndAlertsForEachStandardAndEachImitation() throws IOException {
        assertThat(names())
                .contains(
                        "like-chatwoot",
                        "like-frappe",
                        "like-zammad",
                        "ola",
                        "s1-response-improvement",
                        "s2-service-process",
                        "s3-quality-report",
                        "s4-online-response",
                        "s5-quality-tool")
                .allSatisfy(name -> {
                    assertThat(expectedAlerts(name)).isNotEmptyFile();
                    assertThat(policyOf(name)).isRegularFile();
                });
    }

    private static Path expectedAlerts(String name) {
        return EVENTS.resolve(name + ALERTS_SUFFIX);
    }

    private static Path policyOf(String name) {
        return POLICIES.resolve(name + ".yaml");
    }

    private void replay(String name, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("replay", EVENTS.resolve(name + ".ndjson").toString()));
        arguments.addAll(List.of("--policy", policyOf(name).toString(), "--until", "end", "--strict", "--json"));
        arguments.addAll(List.of(more));
        int exitCode = run(arguments.toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
    }

    /** When a thing was noticed says nothing about a policy. */
    private static List<String> withoutDetected(Path alerts) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(alerts)) {
            ObjectNode alert = (ObjectNode) JSON.readTree(line);
            alert.remove("detected");
            lines.add(alert.toString());
        }
        return lines;
    }

    private int run(String... arguments) {
        return Tocsin.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
