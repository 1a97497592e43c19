package io.tocsin.app.policyfile;

import static io.tocsin.app.policyfile.Checks.ANY_POLICY;
import static io.tocsin.app.policyfile.Checks.lines;
import static io.tocsin.app.policyfile.Checks.valid;
import static io.tocsin.app.policyfile.Checks.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.FigureSettings.ServiceLevel;
import io.tocsin.engine.policy.ServiceLevelFormula;
import org.junit.jupiter.api.Test;

class FigureSettingsReaderTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private static String file(String figures) {
        return "version: 1\nfigures: " + figures + "\n" + ANY_POLICY;
    }

    @Test
    void shouldHaveDefaults() {
        assertThat(valid("version: 1\n" + ANY_POLICY).figures()).isEqualTo(FigureSettings.DEFAULT);
        assertThat(valid(file("{}")).figures()).isEqualTo(FigureSettings.DEFAULT);
    }

    @Test
    void shouldReadAllKeys() {
        String text = file("{customer: account, repeat_within: 3d, satisfied: 4.5, response: acceptance,"
                + " waiting_threshold: 1m, service_level: {clock: first_response, formula: answered, within: 30s,"
                + " short_abandon: 0s}}");

        assertThat(valid(text).figures())
                .isEqualTo(new FigureSettings(
                        "account",
                        3 * 24 * 3_600 * SECOND_NS,
                        4_500,
                        "acceptance",
                        60 * SECOND_NS,
                        new ServiceLevel("first_response", ServiceLevelFormula.ANSWERED, 30 * SECOND_NS, 0)));
    }

    @Test
    void shouldMeasureTheServiceLevelByTheClockOfTheResponse() {
        assertThat(valid(file("{response: acceptance}"))
                        .figures()
                        .serviceLevel()
                        .clock())
                .isEqualTo("acceptance");
    }

    @Test
    void shouldReportEveryMistake() {
        assertThat(lines(file("{custmer: x, repeat_within: 0s, satisfied: 6, response: nothing,"
                        + " service_level: {formula: offerd, within: soon}}")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("2:").contains("unknown key \"custmer\", did you mean"),
                        line -> assertThat(line).contains("figures.repeat_within", "no time at all"),
                        line -> assertThat(line).contains("figures.satisfied", "expected a rating from 1 to 5"),
                        line -> assertThat(line).contains("figures.response", "unknown clock \"nothing\""),
                        line -> assertThat(line).contains("service_level.formula", "did you mean \"offered\"?"),
                        line -> assertThat(line).contains("service_level.within", "soon"));
    }

    @Test
    void shouldWarnOfAWindowThatOutlastsTheTickets() {
        assertThat(warnings("version: 1\nforget_after: 1d\nfigures: {repeat_within: 2d}\n" + ANY_POLICY))
                .anySatisfy(line -> assertThat(line).contains("figures.repeat_within", "longer than forget_after"));
    }
}
