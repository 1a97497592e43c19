package io.tocsin.app.policyfile;

import static io.tocsin.app.policyfile.Checks.ANY_POLICY;
import static io.tocsin.app.policyfile.Checks.lines;
import static io.tocsin.app.policyfile.Checks.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.policy.Objective.Metric;
import io.tocsin.engine.view.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectiveReaderTest {
    private static String file(String... objectives) {
        return "version: 1\nobjectives:\n- {" + String.join("}\n- {", objectives) + "}\n" + ANY_POLICY;
    }

    private static Objective only(String objective) {
        return valid(file(objective)).objectives().get(0);
    }

    @Test
    void shouldReadAllKeys() {
        assertThat(only("name: in time, metric: attainment, clock: resolution, by: [team], window: 15m, below: 90%,"
                        + " clear_above: 92.5%, min_count: 20, to: [team_lead, boss]"))
                .isEqualTo(new Objective(
                        "in time",
                        Metric.ATTAINMENT,
                        "resolution",
                        List.of("team"),
                        Window.LAST_15_MINUTES,
                        true,
                        0.9,
                        "90%",
                        0.925,
                        "92.5%",
                        20,
                        List.of("team_lead", "boss")));
    }

    @Test
    void shouldHaveDefaults() {
        assertThat(only("name: x, metric: complaint_rate, above: 1%"))
                .isEqualTo(new Objective(
                        "x",
                        Metric.COMPLAINT_RATE,
                        null,
                        List.of(),
                        Window.LAST_HOUR,
                        false,
                        0.01,
                        "1%",
                        0.01,
                        "1%",
                        1,
                        List.of()));
    }

    @Test
    void shouldReadBoundsAsTheirFigureIsWritten() {
        assertThat(only("name: x, metric: nps, below: -12.5").bound()).isEqualTo(-12.5);
        assertThat(only("name: x, metric: average, clock: first_response, above: 8m, clear_below: 7m30s")
                        .clear())
                .isEqualTo(450.0);
        assertThat(only("name: x, metric: fcr, below: 85%").metric()).isEqualTo(Metric.FIRST_CONTACT_RESOLUTION);
    }

    @Test
    void shouldReportEveryMistake() {
        assertThat(lines(file(
                        "metric: attainment, below: 90%",
                        "name: a, metric: atainment, below: 90%",
                        "name: b, metric: csat, clock: resolution, below: 90%",
                        "name: b, metric: csat, below: 90, window: today",
                        "name: d, metric: csat, below: 90%, above: 95%",
                        "name: e, metric: csat",
                        "name: f, metric: csat, below: 90%, clear_above: 80%",
                        "name: g, metric: csat, below: 90%, clear_below: 80%",
                        "name: h, metric: nps, below: 101, min_count: 0, by: [a, a], to: []")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("3:").contains("objectives[0].name: is missing"),
                        line -> assertThat(line).startsWith("3:").contains("objectives[0].clock: is missing"),
                        line -> assertThat(line).startsWith("4:").contains("did you mean \"attainment\"?"),
                        line -> assertThat(line).startsWith("5:").contains("csat is of no single clock"),
                        line -> assertThat(line).startsWith("6:").contains("the objective \"b\" is there already"),
                        line -> assertThat(line).startsWith("6:").contains("\"90\", expected a share from 0% to 100%"),
                        line -> assertThat(line).startsWith("6:").contains("unknown window \"today\""),
                        line -> assertThat(line).startsWith("7:").contains("expected one of below and above"),
                        line -> assertThat(line).startsWith("8:").contains("expected one of below and above"),
                        line -> assertThat(line).startsWith("9:").contains("lies beyond the bound \"90%\""),
                        line -> assertThat(line).startsWith("10:").contains("use clear_above"),
                        line -> assertThat(line).startsWith("11:").contains("expected a number from -100 to 100"),
                        line -> assertThat(line).startsWith("11:").contains("min_count"),
                        line -> assertThat(line).startsWith("11:").contains("\"a\" is there already"),
                        line -> assertThat(line).startsWith("11:").contains("to"));
    }
}
