package io.tocsin.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({"0B, 0", "900B, 900", "512KiB, 524288", "16MiB, 16777216", "16 MiB, 16777216", "2GiB, 2147483648"})
    void shouldReadASizeAsPeopleWriteIt(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
        assertThat(Sizes.parse(Sizes.format(bytes))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16M", "16MB", "-1B", "1.5GiB", "MiB", "16mib"})
    void shouldRefuseWhatIsNoSize(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sizes.parse(text))
                .withMessage("\"" + text + "\" is no size; write it like 900B, 512KiB, 16MiB or 1GiB");
    }

    @Test
    void shouldRefuseWhatCannotBeCounted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sizes.parse("999999999999999GiB"))
                .withMessage("\"999999999999999GiB\" is more than can be counted");
    }

    @Test
    void shouldWriteASizeInItsLargestWholeUnit() {
        assertThat(Sizes.format(16 << 20)).isEqualTo("16MiB");
        assertThat(Sizes.format(1_536)).isEqualTo("1536B");
        assertThat(Sizes.format(0)).isEqualTo("0B");
    }
}
