package io.tocsin.journal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TouchDistanceTest {
    private static final long MIB = 1 << 20;

    private final TouchDistance distance = new TouchDistance();

    @Test
    void shouldBeginWithLittle() {
        distance.begin(0, 0);
        assertThat(distance.last()).isEqualTo(TouchDistance.LEAST);
    }

    @Test
    void shouldBeWhatIsWrittenInASecond() {
        distance.begin(7 * MIB, 0);
        assertThat(distance.at(8 * MIB, MILLISECONDS.toNanos(50))).isEqualTo(20 * MIB);
        assertThat(distance.at(9 * MIB, MILLISECONDS.toNanos(250))).isEqualTo(5 * MIB);
        assertThat(distance.last()).isEqualTo(5 * MIB);
    }

    @Test
    void shouldStayWithinItsLimits() {
        distance.begin(0, 0);
        assertThat(distance.at(100 * MIB, MILLISECONDS.toNanos(10))).isEqualTo(TouchDistance.MOST);
        assertThat(distance.at(101 * MIB, SECONDS.toNanos(1_000))).isEqualTo(TouchDistance.LEAST);
    }

    @Test
    void shouldTakeNoRateFromATimeThatIsTooShort() {
        distance.begin(0, 0);
        assertThat(distance.at(MIB, MILLISECONDS.toNanos(1) - 1)).isEqualTo(TouchDistance.LEAST);
        assertThat(distance.at(MIB, MILLISECONDS.toNanos(100))).isEqualTo(10 * MIB);
    }

    @Test
    void shouldKeepItsAnswerWhenANewFileBegins() {
        distance.begin(0, 0);
        assertThat(distance.at(MIB, MILLISECONDS.toNanos(100))).isEqualTo(10 * MIB);
        distance.begin(0, MILLISECONDS.toNanos(100));
        assertThat(distance.at(0, MILLISECONDS.toNanos(200))).isEqualTo(10 * MIB);
    }
}
