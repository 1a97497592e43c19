package io.tocsin.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.http.json.EventReader.Dialect;
import io.tocsin.http.json.JsonSource.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSourceTest {
    private static final String A = "{\"ticket\":\"A\",\"type\":\"opened\"}";
    private static final String B = "{\"ticket\":\"B\",\"type\":\"opened\"}";

    @Test
    void shouldReadOneEventALine() throws IOException {
        assertThat(ndjson(A + "\n" + B + "\n", 1_000)).containsExactly("1 A", "2 B");
        assertThat(ndjson(A + "\n" + B, 1_000)).containsExactly("1 A", "2 B");
        assertThat(ndjson("\uFEFF" + A + "\r\n\r\n  \t\n" + B + "\r", 1_000)).containsExactly("1 A", "4 B");
        assertThat(ndjson("", 1_000)).isEmpty();
        assertThat(ndjson("\n\r\n\n", 1_000)).isEmpty();
        assertThat(ndjson("\uFEFF", 1_000)).isEmpty();
    }

    @Test
    void shouldLoseOnlyTheBrokenLine() throws IOException {
        assertThat(ndjson(A + "\n{\"ticket\":\n[]\n" + "{\"x\":\"\n" + B + B + "\n" + B, 1_000))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("1 A"),
                        second -> assertThat(second).startsWith("2 not JSON: "),
                        third -> assertThat(third).startsWith("3 found an array, expected an event"),
                        fourth -> assertThat(fourth).startsWith("4 not JSON: "),
                        fifth -> assertThat(fifth).startsWith("5 more follows after the event, at column "),
                        sixth -> assertThat(sixth).isEqualTo("6 B"));
    }

    @Test
    void shouldTakeNothingAcrossLinesAndGoOnBehindWhatIsWrong() throws IOException {
        String halves = "{\"ticket\":\"H\",\n\"type\":\"opened\"}";
        assertThat(ndjson(A + "\n" + halves + "\n" + B, 1_000))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("1 A"),
                        second -> assertThat(second).startsWith("2 not JSON: "),
                        third -> assertThat(third).startsWith("3 found the string \"type\", expected an event"),
                        fourth -> assertThat(fourth).isEqualTo("4 B"));
        assertThat(ndjson(A + " 5\n" + B + "\n" + A + "}\n" + B + "\n5 " + A + "\n" + B, 1_000))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("1 more follows after the event"),
                        second -> assertThat(second).isEqualTo("2 B"),
                        third -> assertThat(third).startsWith("3 not JSON: Unexpected close marker"),
                        fourth -> assertThat(fourth).isEqualTo("4 B"),
                        fifth -> assertThat(fifth).startsWith("5 found the number 5, expected an event"),
                        sixth -> assertThat(sixth).isEqualTo("6 B"));
        assertThat(ndjson(A + "\n{\"ticket\":\"\n" + B + "\n{\"x\":[\n" + A, 1_000))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("1 A"),
                        second -> assertThat(second).startsWith("2 not JSON: "),
                        third -> assertThat(third).isEqualTo("3 B"),
                        fourth -> assertThat(fourth).startsWith("4 not JSON: "),
                        fifth -> assertThat(fifth).isEqualTo("5 A"));
    }

    /** Each line alone and all of them together must come to the same, whatever the lines before were. */
    @Test
    void shouldReadALineAsItWouldBeReadAlone() throws IOException {
        List<String> lines = List.of(
                A,
                B,
                "{\"ticket\":\"é\",\"type\":\"x\",\"attributes\":{\"a\":1,\"b\":\"ü\"}}",
                "[]",
                "5",
                "null",
                "}",
                "{",
                "\"",
                "{\"ticket\":\"C\",\"type\":\"x\",\"attributes\":{\"b\":1,\"a\":2,\"b\":3}}",
                A + A,
                A + ",",
                "x",
                "\\",
                "{\"a\":[}",
                "{\"ticket\":\"D\",\"type\":\"x\",\"attributes\":{\"a\":{\"a\":1},\"b\":2}}",
                " " + A + " ",
                "\t" + B,
                "{\"ticket\":1e5}",
                "{\"ticket\":\"E\",\"type\":\"x\",\"attributes\":{\"a\":1}}",
                "/* */" + A,
                "{\"ticket\":\"\\ud800\"}");
        Random random = new Random(42);
        for (int run = 0; run < 200; run++) {
            List<String> some = IntStream.range(0, 30)
                    .mapToObj(i -> lines.get(random.nextInt(lines.size())))
                    .toList();
            List<String> alone = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                alone.add((i + 1) + whole(some.get(i)).get(0).substring(1));
            }
            assertThat(whole(String.join("\n", some))).as("run %d", run).isEqualTo(alone);
        }
    }

    @Test
    void shouldLoseOnlyTheOverlongLineWhereverBlocksEnd() throws IOException {
        int limit = A.length();
        for (int excess : new int[] {1, 2, 3, 100, 65_535, 65_536, 200_000}) {
            String longLine = A + " ".repeat(excess);
            String tooLong = " line is longer than " + limit + " bytes: expected one event";
            assertThat(ndjson(
                            A + "\r\n" + longLine + "\n" + B + "\n" + longLine + "\r\n" + B + "\r\n" + longLine, limit))
                    .as("%d bytes too many", excess)
                    .containsExactly("1 A", "2" + tooLong, "3 B", "4" + tooLong, "5 B", "6" + tooLong);
        }
    }

    @Test
    void shouldReadLinesLongerThanABlock() throws IOException {
        String padding = " ".repeat(300_000);
        assertThat(ndjson(A + padding + "\n" + padding + B + "\n" + A, 400_000)).containsExactly("1 A", "2 B", "3 A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "OBJECT ! {'ticket':'A','type':'x'} ! 1",
                "OBJECT_OR_ARRAY ! {'ticket':'A','type':'x'} ! 1",
                "OBJECT_OR_ARRAY ! [{'ticket':'A','type':'x'},{'ticket':'B','type':'x'}] ! 2",
                "ARRAY ! [ ] ! 0",
                "ARRAY ! [5,{'ticket':{'a':[]},'type':'x'},[[{}]],null,{'ticket':'A','type':'x'}] ! 5",
            })
    void shouldReadObjectsAndArrays(Shape shape, String json, int count) throws IOException {
        assertThat(json(json.replace('\'', '"'), shape)).hasSize(count);
    }

    @Test
    void shouldLoseOnlyTheInvalidElement() throws IOException {
        assertThat(json("[" + A + ",5," + "{\"ticket\":[{\"x\":[]}],\"type\":\"x\"}," + B + "]", Shape.ARRAY))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("A"),
                        second -> assertThat(second).startsWith("found the number 5, expected an event"),
                        third -> assertThat(third).startsWith("ticket: found an array"),
                        fourth -> assertThat(fourth).isEqualTo("B"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "OBJECT_OR_ARRAY !  ! found nothing, expected a JSON object or an array",
                "OBJECT_OR_ARRAY ! 5 ! found the number 5, expected a JSON object or an array",
                "OBJECT ! [] ! found an array, expected one JSON object",
                "ARRAY ! {} ! found an object, expected a JSON array",
                "ARRAY ! [{'ticket':'A','type':'x'},{'ticket':} ! not JSON: Unexpected character",
                "ARRAY ! [{'ticket':'A','type':'x'} ! not JSON: Unexpected end-of-input",
                "OBJECT_OR_ARRAY ! {}{} ! more follows after the JSON value, at line 1 column 3",
                "ARRAY ! [] x ! not JSON: Unrecognized token",
            })
    void shouldSayThatTheWholeIsUnreadable(Shape shape, String json, String message) {
        assertThatThrownBy(() -> json(json == null ? "" : json.replace('\'', '"'), shape))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessageStartingWith(message);
    }

    private static List<String> ndjson(String text, int maxLineLength) throws IOException {
        NdjsonSource source = new NdjsonSource(trickling(text), new EventReader(Dialect.PLAIN, 0), maxLineLength);
        List<String> events = new ArrayList<>();
        while (source.next(EventReader.ANY_TIME)) {
            events.add(source.line() + " " + print(source));
        }
        return events;
    }

    /** As {@link #ndjson}, in memory, and with all that an event says. */
    private static List<String> whole(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        NdjsonSource source = new NdjsonSource(bytes, bytes.length, new EventReader(Dialect.PLAIN, 0), 1_000);
        List<String> events = new ArrayList<>();
        while (source.next(EventReader.ANY_TIME)) {
            events.add(source.line() + " "
                    + (source.problem() == null ? Events.print(source.record()) : source.problem()));
        }
        return events;
    }

    private static List<String> json(String text, Shape shape) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        List<String> events = new ArrayList<>();
        try (JsonSource source = new JsonSource(bytes, bytes.length, new EventReader(Dialect.PLAIN, 0), shape)) {
            while (source.next(EventReader.ANY_TIME)) {
                events.add(print(source));
            }
        }
        return events;
    }

    private static String print(EventSource source) {
        return source.problem() == null ? Events.print(source.record()).split(" ")[0] : source.problem();
    }

    /** Gives an odd number of bytes at a time, so that lines straddle reads. */
    private static InputStream trickling(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 997));
            }
        };
    }
}
