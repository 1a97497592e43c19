package io.tocsin.app.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenAttributesTest {
    private static Map<String, String> parse(String text) {
        return GivenAttributes.parse(text).values();
    }

    @Test
    void shouldReadPairsInTheirOrder() {
        assertThat(parse("grade=A,channel=phone,tier=gold"))
                .containsExactly(entry("grade", "A"), entry("channel", "phone"), entry("tier", "gold"));
    }

    @Test
    void shouldHaveNoAttributesWhenNothingIsGiven() {
        assertThat(parse("")).isEmpty();
        assertThat(parse("  ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=b=c                | b=c",
                "a==                  | =",
                "a=                   | ``",
                "a=\"\"               | ``",
                "a = two words        | two words",
                "a=one\\, two         | one, two",
                "a=\"one, two\"       | one, two",
                "a=\" spaces \"       | ` spaces `",
                "a=\\ space\\         | ` space `",
                "a=\"say \\\"hi\\\"\" | say \"hi\"",
                "a=5\" disk           | 5\" disk",
                "a=\\\"quoted\\\"     | \"quoted\"",
                "a=C:\\\\x            | C:\\x",
                "a=客服               | 客服"
            })
    void shouldTakeAValueByTheRule(String text, String value) {
        assertThat(parse(text.equals("a=\\ space\\") ? text + " " : text)).containsExactly(entry("a", value));
    }

    @Test
    void shouldTakeNamesWithCommasAndEqualsSignsAfterABackslash() {
        assertThat(parse("a\\=b=1, c\\,d =2")).containsExactly(entry("a=b", "1"), entry("c,d", "2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "phone       | 'phone' is no attribute, expected NAME=VALUE such as channel=phone",
                "a=1,        | '' is no attribute, expected NAME=VALUE such as channel=phone",
                "a=1,,b=2    | ',b=2' is no attribute, expected NAME=VALUE such as channel=phone",
                "=1          | '=1' has a name of 0 bytes, allowed are 1 to 128",
                "a=1,b=2,a=3 | 'a=3' gives a again; give each attribute once",
                "a=\"1,b=2   | '\"1,b=2' has no closing double quote",
                "a=\"1\"2    | '\"1\"2' goes on after its closing double quote; put a backslash before quotes within it",
                "a=1\\       | '1\\' ends with a backslash; write two for one"
            })
    void shouldSayWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> parse(text)).hasMessage(message);
    }

    @Test
    void shouldRefuseWhatNoEventMayCarry() {
        assertThat(parse("n".repeat(128) + "=" + "v".repeat(4_096))).hasSize(1);
        assertThatThrownBy(() -> parse("n".repeat(129) + "=1")).hasMessageContaining("has a name of 129 bytes");
        assertThatThrownBy(() -> parse("a=" + "客".repeat(1_366))).hasMessageContaining("has a value of 4098 bytes");
        String most = IntStream.range(0, 256).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining(","));
        assertThat(parse(most)).hasSize(256);
        assertThatThrownBy(() -> parse(most + ",b=1"))
                .hasMessage("'b=1' is one too many, at most 256 attributes are allowed");
    }
}
