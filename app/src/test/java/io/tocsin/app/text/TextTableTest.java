package io.tocsin.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void shouldLineUpWideCharactersByTheColumnsTheyTake() {
        TextTable table = TextTable.of("", column -> column == 1)
                .row(List.of("客服", "数", "end"))
                .row(List.of("*小明", "45", "a"))
                .row(List.of("x", "1", "b"));

        assertThat(table.toString()).isEqualTo("""
                客服   数  end
                *小明  45  a
                x       1  b
                """);
    }

    @Test
    void shouldCountNoRoomForMarks() {
        assertThat(Width.of("é")).isEqualTo(1);
        assertThat(Width.of("e\u0301")).isEqualTo(1);
        assertThat(Width.of("（）")).isEqualTo(4);
        assertThat(Width.of("≥ 95 %")).isEqualTo(6);
    }
}
