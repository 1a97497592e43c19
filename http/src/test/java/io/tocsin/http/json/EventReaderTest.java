package io.tocsin.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.http.json.EventReader.Dialect;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
    private static final long NOW_NS = Instant.parse("2026-11-22T03:28:44Z").getEpochSecond() * 1_000_000_000L;
    private static final long SKEW_NS = 5_000_000_000L;

    private final EventReader reader = new EventReader(Dialect.PLAIN, SKEW_NS);
    private final EventReader cloudReader = new EventReader(Dialect.CLOUD_EVENTS, SKEW_NS);

    @Test
    void shouldReadTheContractsExample() {
        assertThat(read("""
                        {"ticket":"INC0010023","type":"opened","at":"2026-11-22T03:28:44.123456Z","id":"evt-9f2c",
                         "attributes":{"channel":"phone","priority":"urgent","tier":"gold","agent":"a-17"}}"""))
                .isEqualTo("INC0010023 opened 2026-11-22T03:28:44.123456Z evt-9f2c|channel=STRING:phone"
                        + "|priority=STRING:urgent|tier=STRING:gold|agent=STRING:a-17");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{'ticket':'A','type':'opened'} ! A opened arrival -",
                "{'attributes':{'a':1},'type':'opened','ticket':'A'} ! A opened arrival -|a=NUMBER:1",
                "{'ticket':'A','type':'opened','at':null,'id':null,'attributes':null} ! A opened arrival -",
                "{'ticket':'A','type':'opened','at':1763782124123} ! A opened 2025-11-22T03:28:44.123Z -",
                "{'ticket':'A','type':'opened','at':0} ! A opened 1970-01-01T00:00:00Z -",
                "{'ticket':'A','type':'opened','at':7258118400000} ! A opened 2200-01-01T00:00:00Z -",
                "{'ticket':'A','type':'x-1.y_z'} ! A x-1.y_z arrival -",
                "{'ticket':'A','type':'opened','x':{'y':[1,{'z':null}]},'w':[[]],'v':1e9999} ! A opened arrival -",
                "{'ticket':'A','ticket':'B','type':'opened','type':'closed'} ! B closed arrival -",
                "{'ticket':'电话/1 %','type':'opened','id':'é😀'} ! 电话/1 % opened arrival é😀",
                "{'ticket':'A','type':'opened','id':'\\ud83d\\ude00\\u00e9'} ! A opened arrival 😀é",
                "{'ticket':'A','type':'opened','attributes':{'a':1,'b':2,'a':null}}"
                        + " ! A opened arrival -|a=REMOVED:|b=NUMBER:2",
                "{'ticket':'A','type':'opened','attributes':{'a':1},'attributes':{'b':''}}"
                        + " ! A opened arrival -|b=STRING:",
                "{'ticket':'A','type':'opened','attributes':{'a':true,'b':false,'c':null,'d':'5'}}"
                        + " ! A opened arrival -|a=BOOLEAN:true|b=BOOLEAN:false|c=REMOVED:|d=STRING:5",
            })
    void shouldReadValidEvents(String json, String expected) {
        reader.read(new byte[0], 0, 0, EventReader.ANY_TIME);
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);

        assertThat(reader.read(bytes, 0, bytes.length, EventReader.ANY_TIME)).isNull();
        assertThat(Events.print(reader.record())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "-5, -5",
        "0, 0",
        "-0, 0",
        "0.0, 0",
        "-0.0, 0",
        "5.0, 5",
        "0.250, 0.25",
        "1e3, 1000",
        "1.50E+2, 150",
        "25e-2, 0.25",
        "-1.5e-3, -0.0015",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1e63, 1000000000000000000000000000000000000000000000000000000000000000",
        "0e999, 0",
        "0.1000000000000000055511151231257827021181583404541015625, 0.1000000000000000055511151231257827021181583404541015625",
    })
    void shouldWriteNumbersPlainlyWithoutSuperfluousZeros(String number, String plain) {
        assertThat(read("{\"ticket\":\"A\",\"type\":\"rated\",\"attributes\":{\"n\":" + number + "}}"))
                .isEqualTo("A rated arrival -|n=NUMBER:" + plain);
    }

    @ParameterizedTest
    @CsvSource({"1e64", "1e-63", "1e999999999", "1e99999999999999999999", "-1e-999999999", "10e2147483647"})
    void shouldRefuseNumbersThatAreLongWhenWrittenOut(String number) {
        assertThat(problem("{\"ticket\":\"A\",\"type\":\"rated\",\"attributes\":{\"n\":" + number + "}}"))
                .isEqualTo("attributes.n: the number " + number
                        + " is too long: expected at most 64 characters when written without an exponent");
    }

    @Test
    void shouldRefuseAMillionDigitsWithoutPain() {
        assertThat(problem(
                        "{\"ticket\":\"A\",\"type\":\"rated\",\"attributes\":{\"n\":" + "7".repeat(1_000_000) + "}}"))
                .startsWith("attributes.n: the number 77777")
                .contains("…")
                .hasSizeLessThan(250);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{} ! ticket: missing: expected a string of 1 to 128 bytes of UTF-8",
                "{'ticket':'A'} ! type: missing: expected a string that matches [a-z][a-z0-9_.-]{0,63}",
                "{'ticket':'','type':'opened'} ! ticket: '' is 0 bytes long: expected a string of 1 to 128 bytes",
                "{'ticket':5,'type':'opened'} ! ticket: found the number 5, expected a string of 1 to 128 bytes",
                "{'ticket':null,'type':'opened'} ! ticket: found null, expected a string",
                "{'ticket':['A'],'type':'opened'} ! ticket: found an array, expected a string",
                "{'ticket':'\\ud800','type':'opened'} ! ticket: '\uFFFD' holds half a surrogate pair",
                "{'ticket':'A','type':'Opened'} ! type: 'Opened' is not a type: expected a string that matches",
                "{'ticket':'A','type':''} ! type: '' is not a type",
                "{'ticket':'A','type':'1st'} ! type: '1st' is not a type",
                "{'ticket':'A','type':true} ! type: found true, expected a string",
                "{'ticket':'A','type':'opened','at':'2026-13-01T00:00:00Z'} ! at: 2026-13-01T00:00:00Z is not a time:"
                        + " expected RFC 3339 with offset, like 2026-11-22T03:28:44Z, or milliseconds since the epoch",
                "{'ticket':'A','type':'opened','at':'1969-12-31T23:59:59Z'} ! at: 1969-12-31T23:59:59Z is outside"
                        + " 1970-01-01T00:00:00Z to 2200-01-01T00:00:00Z",
                "{'ticket':'A','type':'opened','at':-1} ! at: -1 is outside 1970-01-01T00:00:00Z",
                "{'ticket':'A','type':'opened','at':7258118400001} ! at: 7258118400001 is outside",
                "{'ticket':'A','type':'opened','at':1763782124123000000} ! at: 1763782124123000000 is outside",
                "{'ticket':'A','type':'opened','at':1.5} ! at: found the number 1.5, expected RFC 3339",
                "{'ticket':'A','type':'opened','at':{}} ! at: found an object, expected RFC 3339",
                "{'ticket':'A','type':'opened','id':''} ! id: '' is 0 bytes long: expected a string of 1 to 1024 bytes",
                "{'ticket':'A','type':'opened','id':7} ! id: found the number 7, expected a string",
                "{'ticket':'A','type':'opened','attributes':[]} ! attributes: found an array, expected an object",
                "{'ticket':'A','type':'opened','attributes':'x'} ! attributes: found the string 'x', expected an object",
                "{'ticket':'A','type':'opened','attributes':{'n':{'x':1}}} ! attributes.n: found an object, expected a"
                        + " string, number, boolean or null",
                "{'ticket':'A','type':'opened','attributes':{'n':[1]}} ! attributes.n: found an array, expected a string",
                "{'ticket':'A','type':'opened','attributes':{'':1}} ! attributes: the name '' is not allowed: expected 1 to"
                        + " 128 bytes",
                "{'ticket':'A','type':'opened','attributes':{'\\udc00':1}} ! not JSON: Unexpected low surrogate in field name",
                "{'ticket':'A','type':'opened','attributes':{'n':'a\\ud800'}} ! attributes.n: 'a\uFFFD' holds half a",
                "[] ! found an array, expected an event, an object with 'ticket' and 'type'",
                "null ! found null, expected an event",
                "5 ! found the number 5, expected an event",
                "{'ticket':'A','type':'opened'} {} ! more follows after the event, at column 32",
                "{'ticket':'A','type':'opened' ! not JSON: Unexpected end-of-input",
                "{'ticket':'A','type':} ! not JSON: Unexpected character ('}'",
                "{'ticket':'A','type':NaN} ! not JSON: ",
            })
    void shouldSayWhatIsWrongAndWhatWouldBeRight(String json, String detail) {
        assertThat(problem(json.replace('\'', '"')))
                .startsWith(detail.replace('\'', '"').replace("(\"}\"", "('}'"));
    }

    @Test
    void shouldHoldItsLimitsToTheByte() {
        assertThat(problem(event("é".repeat(64), "opened", "{}"))).isNull();
        assertThat(problem(event("é".repeat(64) + "x", "opened", "{}"))).contains("is 129 bytes long");
        assertThat(problem(event("A", "t".repeat(64), "{}"))).isNull();
        assertThat(problem(event("A", "t".repeat(65), "{}"))).contains("is not a type");
        assertThat(problem(event("A", "opened", "{\"" + "n".repeat(128) + "\":\"" + "v".repeat(4_096) + "\"}")))
                .isNull();
        assertThat(problem(event("A", "opened", "{\"" + "n".repeat(129) + "\":1}")))
                .contains("is not allowed");
        assertThat(problem(event("A", "opened", "{\"n\":\"" + "v".repeat(4_097) + "\"}")))
                .contains("is 4097 bytes long");
        assertThat(problem(event("A", "opened", attributes(256)))).isNull();
        assertThat(problem(event("A", "opened", attributes(257)))).contains("more than 256 attributes");
    }

    @Test
    void shouldRefuseTimesTooFarAheadOfTheArrival() {
        assertThat(problem("{\"ticket\":\"A\",\"type\":\"opened\",\"at\":\"2026-11-22T03:28:49Z\"}"))
                .isNull();
        assertThat(problem("{\"ticket\":\"A\",\"type\":\"opened\",\"at\":\"2026-11-22T03:28:49.000000001Z\"}"))
                .isEqualTo("at: 2026-11-22T03:28:49.000000001Z is 5.000000001 s after its arrival at"
                        + " 2026-11-22T03:28:44Z: expected at most 5.0 s");
    }

    @Test
    void shouldRefuseBytesThatAreNotStrictUtf8() {
        for (int[] bad :
                new int[][] {{0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xFF}, {0xE2, 0x82}, {0xF5, 0x80, 0x80, 0x80}}) {
            byte[] json = event("A?".repeat(2), "opened", "{}").getBytes(UTF_8);
            for (int i = 0; i < bad.length; i++) {
                json[11 + i] = (byte) bad[i];
            }
            assertThat(reader.read(json, 0, json.length, NOW_NS)).isEqualTo("not JSON: the bytes are not valid UTF-8");
        }
    }

    @Test
    void shouldSurviveDeepNesting() {
        assertThat(problem("{\"x\":" + "[".repeat(1_000_000)))
                .startsWith("not JSON: ")
                .contains("nesting depth");
    }

    @Test
    void shouldForgetTheEventBefore() {
        read("{\"ticket\":\"A\",\"type\":\"opened\",\"at\":5,\"id\":\"i\",\"attributes\":{\"a\":1}}");

        assertThat(read("{\"ticket\":\"B\",\"type\":\"closed\"}")).isEqualTo("B closed arrival -");
        assertThat(problem("{\"type\":\"closed\"}")).startsWith("ticket: missing");
    }

    @Test
    void shouldNotMixUpNamesWithThoseOfTheEventBefore() {
        String[] attributes = {
            "{\"a\":1,\"b\":2,\"c\":3}",
            "{\"a\":1}",
            "{\"a\":1,\"c\":2,\"b\":3}",
            "{\"a\":1,\"c\":2}",
            "{\"a\":1,\"c\":2,\"a\":4}",
            "{}",
            "{\"a\":1,\"c\":2,\"b\":3}",
            "{\"a\":1,\"x\":2,\"b\":3}",
            "{\"a\":1,\"x\":2,\"b\":3}",
            "{\"b\":1,\"b\":2}",
            "{\"b\":1,\"x\":2}"
        };
        for (String before : attributes) {
            for (String between : attributes) {
                for (String now : attributes) {
                    EventReader fresh = new EventReader(Dialect.PLAIN, SKEW_NS);
                    byte[] json = event("A", "opened", now).getBytes(UTF_8);
                    assertThat(fresh.read(json, 0, json.length, NOW_NS)).isNull();
                    read(event("A", "opened", before));
                    read(event("A", "opened", between));

                    assertThat(read(event("A", "opened", now)))
                            .as("%s behind %s and %s", now, before, between)
                            .isEqualTo(Events.print(fresh.record()));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{'specversion':'1.0','id':'7','source':'/pbx','type':'com.example.ticket.opened','subject':'A',"
                        + "'time':'2026-11-22T03:28:44Z','data':{'n':1}} ! A opened 2026-11-22T03:28:44Z /pbx 7|n=NUMBER:1",
                "{'specversion':'1.0','id':'7','source':'s','type':'opened','subject':'A','data':null,'data_base64':null,"
                        + "'datacontenttype':'application/json','x':{}} ! A opened arrival s 7",
            })
    void shouldReadCloudEvents(String json, String expected) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);

        assertThat(cloudReader.read(bytes, 0, bytes.length, NOW_NS)).isNull();
        assertThat(Events.print(cloudReader.record())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{'id':'7','source':'s','type':'opened','subject':'A'} ! specversion: missing: CloudEvents 1.0 requires it",
                "{'specversion':'0.3','id':'7','source':'s','type':'opened','subject':'A'} ! specversion: found the string '0.3'",
                "{'specversion':'1.0','id':'7','source':'s','type':'opened'} ! subject: missing: expected a string of 1 to",
                "{'specversion':'1.0','source':'s','type':'opened','subject':'A'} ! id: missing: CloudEvents 1.0 requires it",
                "{'specversion':'1.0','id':'7','type':'opened','subject':'A'} ! source: missing: CloudEvents 1.0 requires it",
                "{'specversion':'1.0','id':'7','source':'s','type':'com.Opened','subject':'A'} ! type: 'com.Opened' is not",
                "{'specversion':'1.0','id':'7','source':'s','type':'com.','subject':'A'} ! type: 'com.' is not a type",
                "{'specversion':'1.0','id':'7','source':'s','type':'opened','subject':'A','time':5} ! time: 5 is not a time:"
                        + " expected RFC 3339 with offset, like 2026-11-22T03:28:44Z",
                "{'specversion':'1.0','id':'7','source':'s','type':'opened','subject':'A','data':'x'} ! data: found the",
                "{'specversion':'1.0','id':'7','source':'s','type':'opened','subject':'A','data':{'n':[]}} ! data.n: found an",
                "{'specversion':'1.0','id':'7','source':'s','type':'opened','subject':'A','data_base64':'aGk='}"
                        + " ! data_base64: binary data cannot be read",
            })
    void shouldSayWhatIsWrongWithACloudEvent(String json, String detail) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);

        assertThat(cloudReader.read(bytes, 0, bytes.length, NOW_NS)).startsWith(detail.replace('\'', '"'));
    }

    private String read(String json) {
        assertThat(problem(json)).isNull();
        return Events.print(reader.record());
    }

    private String problem(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return reader.read(bytes, 0, bytes.length, NOW_NS);
    }

    private static String event(String ticket, String type, String attributes) {
        return "{\"ticket\":\"" + ticket + "\",\"type\":\"" + type + "\",\"attributes\":" + attributes + "}";
    }

    private static String attributes(int count) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",").append("\"n").append(i).append("\":").append(i);
        }
        return json.append('}').toString();
    }
}
