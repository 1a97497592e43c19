package io.tocsin.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    private static final long NS_PER_MS = 1_000_000L;

    @ParameterizedTest
    @CsvSource({
        "90s, 90000",
        "15m, 900000",
        "1h30m, 5400000",
        "2d, 172800000",
        "500ms, 500",
        "1d2h3m4s5ms, 93784005",
        "1m500ms, 60500",
        "100m, 6000000",
        "0m, 0",
        "007s, 7000",
        "PT15M, 900000",
        "PT1H30M, 5400000",
        "P2D, 172800000",
        "PT1.5S, 1500",
        "pt15m, 900000",
        "3650d, 315360000000"
    })
    void shouldReadDurations(String text, long expectedMs) {
        assertThat(Durations.parse(text)).isEqualTo(expectedMs * NS_PER_MS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15|has no unit",
                "0|has no unit",
                "15 m|is no duration",
                "15M|is no duration",
                "1.5h|is no duration",
                "30m1h|is no duration",
                "1h1h|is no duration",
                "15min|is no duration",
                "''|is no duration",
                "3bd|is no duration",
                "1:30|is no duration",
                "٣m|is no duration",
                "-5m|is negative",
                "PT-5M|is negative",
                "P1M|is no duration of days",
                "PT|is no duration of days",
                "3651d|is longer than 10 years",
                "3650d1ms|is longer than 10 years",
                "99999999999999999999d|is longer than 10 years",
                "9223372036854775807s|is longer than 10 years",
                "P99999999999D|is longer than 10 years",
                "00000000000000000000000000000000000000015m|is no duration"
            })
    void shouldRefuseWhatIsNoDuration(String text, String why) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" " + why);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s, 0s",
        "500000000, 500ms, 500ms",
        "900000000000, 15m, 15m",
        "5400000000000, 1h30m, 1h30m",
        "172800000000000, 2d, 48h",
        "144000000000000, 1d16h, 40h",
        "1500001, PT0.001500001S, PT0.001500001S"
    })
    void shouldWriteDurationsShortly(long durationNs, String expected, String expectedInHours) {
        assertThat(Durations.format(durationNs)).isEqualTo(expected);
        assertThat(Durations.formatHours(durationNs)).isEqualTo(expectedInHours);
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Random random = new Random(20261122);
        for (int i = 0; i < 1_000; i++) {
            long durationNs = (long) (random.nextDouble() * Durations.MAX_NS) >> random.nextInt(60);
            assertThat(Durations.parse(Durations.format(durationNs))).isEqualTo(durationNs);
            assertThat(Durations.parse(Durations.formatHours(durationNs))).isEqualTo(durationNs);
        }
    }

    @Test
    void shouldNotWriteNegativeDurations() {
        assertThatThrownBy(() -> Durations.format(-1)).hasMessage("duration is -1 ns, it must be 0 or more");
    }
}
