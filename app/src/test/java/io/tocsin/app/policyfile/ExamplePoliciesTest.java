package io.tocsin.app.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.yaml.Durations;
import io.tocsin.engine.calendar.BusinessCalendar;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplePoliciesTest {
    /** Maven runs the tests in the module's folder. */
    private static final Path EXAMPLES = Path.of("..", "examples", "policies");

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldBeValidWithoutWarnings(Path example) throws IOException {
        PolicyResult result = PolicyFile.check(example);
        assertThat(result).isInstanceOf(PolicyResult.Valid.class);
        assertThat(((PolicyResult.Valid) result).warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldPromiseAFirstResponseToEverybodyAndHaveChineseNames(Path example) throws IOException {
        PolicySet policySet = Checks.valid(Files.readString(example));
        List<Policy> policies = policySet.policies();
        assertThat(policies.get(policies.size() - 1).match()).isEmpty();
        assertThat(policies).allSatisfy(policy -> {
            assertThat(policy.targets()).containsKey("first_response");
            assertThat(policy.label()).containsKey("zh");
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldHaveCalendarsThatTheEngineTakes(Path example) throws IOException {
        for (CalendarSpec spec : Checks.valid(Files.readString(example)).calendars()) {
            long hourNs = Durations.parse("1h");
            assertThat(new BusinessCalendar(spec).plusNs(0, hourNs))
                    .as(spec.name())
                    .isGreaterThanOrEqualTo(hourNs);
        }
    }

    @Test
    void shouldHaveTheExamplesThatTheDocumentationNames() throws IOException {
        assertThat(examples())
                .extracting(file -> file.getFileName().toString())
                .contains("bank-calls.yaml", "call-centre.yaml", "it-incidents.yaml");
    }

    @Test
    void shouldCarryTheBuiltInPolicyInTheProgram() throws IOException {
        assertThat(BuiltInPolicy.text()).isEqualTo(Files.readString(EXAMPLES.resolve("call-centre.yaml")));
    }
}
