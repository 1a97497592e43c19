package io.tocsin.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    private static final long SEED = 20_261_122L;
    private static final ZoneOffset[] OFFSETS = {
        ZoneOffset.UTC,
        ZoneOffset.of("+08:00"),
        ZoneOffset.of("-03:30"),
        ZoneOffset.of("+18:00"),
        ZoneOffset.of("-18:00")
    };

    @Test
    void shouldAgreeWithJavaTimeOnRandomInstants() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            long seconds = (long) (random.nextDouble() * Rfc3339.MAX_SECONDS);
            Instant instant =
                    Instant.ofEpochSecond(seconds, random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000));
            String text = OffsetDateTime.ofInstant(instant, OFFSETS[random.nextInt(OFFSETS.length)])
                    .toString();
            // java.time leaves out seconds that are zero, RFC 3339 does not.
            String complete = text.charAt(16) == ':' ? text : text.substring(0, 16) + ":00" + text.substring(16);

            assertThat(Rfc3339.parse(complete))
                    .as("%s, seed %d", complete, SEED)
                    .isEqualTo(epochNs(instant));
        }
    }

    @Test
    void shouldAgreeWithJavaTimeOnEveryDayOfTheRange() {
        LocalDateTime day = LocalDateTime.of(1970, 1, 1, 0, 0, 0);
        while (day.getYear() < 2200) {
            assertThat(Rfc3339.parse(day.toLocalDate() + "T00:00:00Z"))
                    .isEqualTo(day.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L);
            day = day.plusDays(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22t03:28:44z, 2026-11-22T03:28:44Z",
        "2026-11-22 03:28:44Z, 2026-11-22T03:28:44Z",
        "2026-11-22T03:28:44.1Z, 2026-11-22T03:28:44.100Z",
        "2026-11-22T03:28:44.123456789+08:00, 2026-11-21T19:28:44.123456789Z",
        "2026-11-22T03:28:44-00:00, 2026-11-22T03:28:44Z",
        "2026-11-22T03:28:44+23:59, 2026-11-21T03:29:44Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "1969-12-31T23:00:00-01:00, 1970-01-01T00:00:00Z",
        "2200-01-01T00:00:00Z, 2200-01-01T00:00:00Z",
    })
    void shouldReadWhatTheStandardAllows(String text, Instant expected) {
        assertThat(Rfc3339.parse(text)).isEqualTo(epochNs(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-22",
                "2026-11-22T03:28Z",
                "2026-11-22T03:28:44",
                "2026-11-22T03:28:44+0800",
                "2026-11-22T03:28:44+08",
                "2026-11-22T03:28:44+24:00",
                "2026-11-22T03:28:44+08:60",
                "2026-11-22T03:28:44.Z",
                "2026-11-22T03:28:44.123",
                "2026-11-22T03:28:44.1234567891Z",
                "2026-11-22T03:28:44,5Z",
                "2026-11-22T03:28:44Zx",
                "2026-11-22T03:28:44.5Z ",
                "2026-11-22_03:28:44Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2100-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-11-00T00:00:00Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T03:60:00Z",
                "2016-12-31T23:59:60Z",
                "+026-11-22T03:28:44Z",
                "2026-1１-22T03:28:44Z",
                "1763782124000",
                "yesterday at half past three",
            })
    void shouldRefuseWhatIsNotAnInstantWithOffset(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(Rfc3339.NOT_A_TIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999999999Z",
                "1970-01-01T00:59:59+01:00",
                "2200-01-01T00:00:00.000000001Z",
                "9999-12-31T23:59:59Z",
                "0000-01-01T00:00:00Z",
            })
    void shouldTellInstantsOutsideTheRangeFromNonsense(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(Rfc3339.OUT_OF_RANGE);
    }

    private static long epochNs(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
