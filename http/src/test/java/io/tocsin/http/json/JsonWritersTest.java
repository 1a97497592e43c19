package io.tocsin.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.ServiceFigures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFigures;
import io.tocsin.engine.view.TicketView;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWritersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DUE_NS = 1_795_318_124_123_456_000L;

    @Test
    void shouldWriteAnAlertAsTheContractShowsIt() {
        AlertRecordWriter alert = alert(AlertKind.BREACH, "after-sales, grade A", "", DUE_NS, 900 * SECOND);

        assertThat(json(alert))
                .isEqualTo(
                        "{\"seq\":12,\"id\":\"INC1/first_response/1/breach\",\"kind\":\"breach\",\"ticket\":\"INC1\","
                                + "\"clock\":\"first_response\",\"cycle\":1,\"policy\":\"after-sales, grade A\",\"threshold\":\"100%\","
                                + "\"level\":0,\"to\":[\"lead\",\"队长\"],\"at\":\"2026-11-22T03:28:44.123456Z\","
                                + "\"due\":\"2026-11-22T03:28:44.123456Z\",\"detected\":\"2026-11-22T03:28:44.123459Z\","
                                + "\"elapsed\":900.0,\"target\":900.0,"
                                + "\"attributes\":{\"channel\":\"phone\",\"n\":0.25,\"vip\":true}}");
    }

    @Test
    void shouldWriteNullsAndWhatARevocationRevokes() {
        AlertRecordWriter alert = alert(AlertKind.REVOKED, "", "INC1/a/1/breach", AlertRecord.NONE, AlertRecord.NONE);

        assertThat(json(alert))
                .contains("\"kind\":\"revoked\",\"revokes\":\"INC1/a/1/breach\",")
                .contains("\"policy\":null,")
                .contains("\"due\":null,")
                .contains("\"target\":null,");
    }

    @Test
    void shouldWriteAJournaledEventSoThatItCanBeReadAgain() {
        EventRecordWriter event = new EventRecordWriter()
                .begin(DUE_NS, "INC1", "updated", "e-1")
                .attribute(ValueKind.STRING, "name", "队长 \"Z\"")
                .attribute(ValueKind.NUMBER, "n", "0.25")
                .attribute(ValueKind.BOOLEAN, "vip", "false")
                .attribute(ValueKind.REMOVED, "gone", "");
        EventRecord record = new EventRecord().wrap(event.buffer(), 0);
        record.stamp(DUE_NS + 1);

        assertThat(text(json -> EventJson.write(json, record, 12)))
                .isEqualTo("{\"position\":12,\"arrived\":\"2026-11-22T03:28:44.123456001Z\",\"ticket\":\"INC1\","
                        + "\"type\":\"updated\",\"at\":\"2026-11-22T03:28:44.123456Z\",\"id\":\"e-1\","
                        + "\"attributes\":{\"name\":\"队长 \\\"Z\\\"\",\"n\":0.25,\"vip\":false,\"gone\":null}}");
    }

    @Test
    void shouldWriteAJournaledPolicyWithItsText() {
        EventRecord record = new EventRecord()
                .wrap(new EventRecordWriter().policy("version: 1\n").buffer(), 0);
        record.stamp(DUE_NS);

        assertThat(text(json -> EventJson.write(json, record, 0)))
                .isEqualTo("{\"position\":0,\"arrived\":\"2026-11-22T03:28:44.123456Z\",\"policy\":\"version: 1\\n\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "900000000000, 900.0",
        "1, 0.000000001",
        "-1, -0.000000001",
        "1500000000, 1.5",
        "-1000000000, -1.0",
        "10000000, 0.01",
        "9007199254740993, 9007199.254740993",
        "9223372036854775807, 9223372036.854775807",
    })
    void shouldWriteSecondsExactly(long ns, String seconds) {
        assertThat(Json.seconds(ns)).isEqualTo(seconds);
    }

    @Test
    void shouldWriteATicketWithItsClocks() {
        TicketView ticket = new TicketView(
                1,
                "INC1",
                "resolved",
                null,
                ordered("n", new BigDecimal("1E+3"), "vip", true, "channel", "phone"),
                List.of(
                        clock("stopped", DUE_NS, DUE_NS, 5_400 * SECOND, 14_400 * SECOND),
                        clock("paused", ClockView.NONE, ClockView.NONE, 90 * SECOND, 60 * SECOND),
                        clock("running", DUE_NS, ClockView.NONE, 90 * SECOND, ClockView.NONE)));

        assertThat(text(json -> TicketJson.write(json, ticket)))
                .isEqualTo("{\"ticket\":\"INC1\",\"status\":\"resolved\",\"policy\":null,"
                        + "\"attributes\":{\"n\":1000,\"vip\":true,\"channel\":\"phone\"},\"clocks\":["
                        + "{\"clock\":\"resolution\",\"cycle\":1,\"state\":\"stopped\",\"breached\":false,"
                        + "\"started\":\"1970-01-01T00:00:01Z\",\"due\":\"2026-11-22T03:28:44.123456Z\","
                        + "\"stopped\":\"2026-11-22T03:28:44.123456Z\",\"elapsed\":5400.0,\"target\":14400.0,\"remaining\":9000.0},"
                        + "{\"clock\":\"resolution\",\"cycle\":1,\"state\":\"paused\",\"breached\":false,"
                        + "\"started\":\"1970-01-01T00:00:01Z\",\"due\":null,\"stopped\":null,\"elapsed\":90.0,\"target\":60.0,"
                        + "\"remaining\":-30.0},"
                        + "{\"clock\":\"resolution\",\"cycle\":1,\"state\":\"running\",\"breached\":false,"
                        + "\"started\":\"1970-01-01T00:00:01Z\",\"due\":\"2026-11-22T03:28:44.123456Z\",\"stopped\":null,"
                        + "\"elapsed\":90.0,\"target\":null,\"remaining\":null}]}");
    }

    @Test
    void shouldWriteDueClocksFlat() {
        DueView due = new DueView(
                "INC1", "open", "gold", Map.of("a", "b"), clock("running", DUE_NS, ClockView.NONE, SECOND, 2 * SECOND));

        assertThat(text(json -> DueJson.write(json, List.of(due))))
                .isEqualTo("[{\"ticket\":\"INC1\",\"status\":\"open\",\"policy\":\"gold\",\"attributes\":{\"a\":\"b\"},"
                        + "\"clock\":\"resolution\",\"cycle\":1,\"state\":\"running\",\"breached\":false,"
                        + "\"started\":\"1970-01-01T00:00:01Z\",\"due\":\"2026-11-22T03:28:44.123456Z\",\"stopped\":null,"
                        + "\"elapsed\":1.0,\"target\":2.0,\"remaining\":1.0}]");
    }

    @Test
    void shouldWriteFiguresAndNullsWhereThereAreNone() {
        Map<String, ClockFigures> clocks = new LinkedHashMap<>();
        clocks.put("a", new ClockFigures(1, 2, 3, 1, 5, 4, SECOND, SECOND, SECOND, SECOND, SECOND, 2 * SECOND));
        clocks.put("b", new ClockFigures(0, 0, 0, 0, 0, 0, ClockView.NONE, 0, 0, 0, 0, 0));
        ServiceFigures service = new ServiceFigures(
                0.5,
                0.25,
                null,
                0.0,
                1.0,
                4.5,
                2,
                -50.0,
                4,
                ClockView.NONE,
                3.2,
                new ServiceFigures.ServiceLevel("offered", "first_response", 20 * SECOND, 0.8, 10, 9, 8, 1),
                List.of(new ServiceFigures.HourShare(20, 4, 1)),
                new ServiceFigures.Counts(4, 3, 2, 7, 10));
        StatsView stats = new StatsView(
                DUE_NS,
                "15m",
                DUE_NS - 900 * SECOND,
                DUE_NS,
                List.of(new StatsView.Group(
                        Collections.singletonMap("channel", null),
                        new TicketFigures(5, 4, 3, 2, 2, 7, 1, 90 * SECOND),
                        clocks,
                        service)));

        assertThat(text(json -> StatsJson.write(json, stats)))
                .isEqualTo("{\"as_of\":\"2026-11-22T03:28:44.123456Z\",\"window\":\"15m\","
                        + "\"from\":\"2026-11-22T03:13:44.123456Z\",\"to\":\"2026-11-22T03:28:44.123456Z\","
                        + "\"groups\":[{\"key\":{\"channel\":null},"
                        + "\"tickets\":{\"opened\":5,\"resolved\":4,\"reopened\":3,\"abandoned\":2,\"open\":2,"
                        + "\"transferred\":7,\"complained\":1,\"longest_waiting\":90.0},\"clocks\":{"
                        + "\"a\":{\"running\":1,\"paused\":2,\"met\":3,\"breached\":1,\"cancelled\":5,\"attainment\":0.75,"
                        + "\"average\":1.0,\"p50\":1.0,\"p90\":1.0,\"p95\":1.0,\"p99\":1.0,\"max\":2.0},"
                        + "\"b\":{\"running\":0,\"paused\":0,\"met\":0,\"breached\":0,\"cancelled\":0,\"attainment\":null,"
                        + "\"average\":null,\"p50\":null,\"p90\":null,\"p95\":null,\"p99\":null,\"max\":null}},"
                        + "\"service\":{\"on_time_response_rate\":0.5,\"first_contact_resolution\":0.25,"
                        + "\"repeat_contact_rate\":null,\"complaint_rate\":0.0,\"csat\":1.0,\"csat_average\":4.5,"
                        + "\"csat_ratings\":2,\"nps\":-50.0,\"nps_ratings\":4,\"average_waiting\":null,"
                        + "\"contacts_per_resolved\":3.2,\"service_level\":{\"formula\":\"offered\","
                        + "\"clock\":\"first_response\",\"within\":20.0,\"value\":0.8,\"offered\":10,\"answered\":9,"
                        + "\"answered_in_time\":8,\"abandoned\":1},"
                        + "\"waiting_by_hour\":[{\"hour\":20,\"waits\":4,\"long_waits\":1,\"share\":0.25}]}}]}");
    }

    @Test
    void shouldWriteAnAlertOfAFigureWithoutATicket() {
        AlertRecordWriter alert = new AlertRecordWriter();
        alert.begin(AlertKind.OBJECTIVE, 1, 7, DUE_NS, AlertRecord.NONE, DUE_NS, 875_000, 24, 2);
        for (String text :
                List.of("", "objective/in time/team=a/2/crossed", "resolution", "in time", "90%", "attainment 15m")) {
            alert.text(text.getBytes(StandardCharsets.UTF_8));
        }
        alert.to("lead".getBytes(StandardCharsets.UTF_8)).end();

        assertThat(text(json -> AlertJson.write(json, new AlertRecord().wrap(alert.buffer(), 0))))
                .isEqualTo(
                        "{\"seq\":7,\"id\":\"objective/in time/team=a/2/crossed\",\"kind\":\"objective\",\"ticket\":null,"
                                + "\"clock\":\"resolution\",\"cycle\":2,\"policy\":null,\"threshold\":\"90%\",\"level\":0,"
                                + "\"objective\":{\"name\":\"in time\",\"state\":\"crossed\",\"metric\":\"attainment\","
                                + "\"window\":\"15m\",\"value\":0.875,\"count\":24},\"to\":[\"lead\"],"
                                + "\"at\":\"2026-11-22T03:28:44.123456Z\",\"due\":null,\"detected\":\"2026-11-22T03:28:44.123456Z\","
                                + "\"elapsed\":null,\"target\":null,\"attributes\":{}}");
    }

    @Test
    void shouldWriteLatencyAndCounters() {
        LatencyView latency = new LatencyView(
                new LatencyView.Quantiles(1, 2, 3, 4, 5, 6), new LatencyView.Quantiles(0, 0, 0, 0, 0, 0));

        assertThat(text(json -> LatencyJson.write(json, latency)))
                .isEqualTo(
                        "{\"ingest_to_apply\":{\"count\":1,\"p50_ns\":2,\"p90_ns\":3,\"p99_ns\":4,\"p99_9_ns\":5,\"max_ns\":6},"
                                + "\"detection_lag\":{\"count\":0,\"p50_ns\":0,\"p90_ns\":0,\"p99_ns\":0,\"p99_9_ns\":0,\"max_ns\":0}}");
        assertThat(text(json -> CountersJson.write(json, new CountersView(1, 2, 3, 0, 4, 5, 6, 7, 8, 9, 10, 0))))
                .isEqualTo(
                        "{\"events\":1,\"duplicates\":2,\"orphaned\":3,\"dropped_attributes\":0,\"tickets\":4,\"open_tickets\":5,\"armed_timers\":6,"
                                + "\"alerts\":{\"warning\":7,\"breach\":8,\"escalation\":9,\"revoked\":10}}");
        assertThat(text(json -> CountersJson.write(json, new CountersView(1, 2, 3, 0, 4, 5, 6, 7, 8, 9, 10, 11))))
                .endsWith("\"alerts\":{\"warning\":7,\"breach\":8,\"escalation\":9,\"revoked\":10,\"objective\":11}}");
    }

    private static AlertRecordWriter alert(AlertKind kind, String policy, String revokes, long dueNs, long targetNs) {
        AlertRecordWriter alert = new AlertRecordWriter()
                .begin(kind, 0, 12, DUE_NS, dueNs, DUE_NS + 3_000, 900 * SECOND, targetNs, 1)
                .text("INC1".getBytes(UTF_8))
                .text(("INC1/first_response/1/" + kind.text()).getBytes(UTF_8))
                .text("first_response".getBytes(UTF_8))
                .text(policy.getBytes(UTF_8))
                .text("100%".getBytes(UTF_8))
                .text(revokes.getBytes(UTF_8))
                .to("lead".getBytes(UTF_8))
                .to("队长".getBytes(UTF_8));
        attribute(alert, ValueKind.STRING, "channel", "phone");
        attribute(alert, ValueKind.NUMBER, "n", "0.25");
        attribute(alert, ValueKind.BOOLEAN, "vip", "true");
        alert.end();
        return alert;
    }

    private static void attribute(AlertRecordWriter alert, ValueKind kind, String name, String value) {
        UnsafeBuffer nameBuffer = new UnsafeBuffer(name.getBytes(UTF_8));
        UnsafeBuffer valueBuffer = new UnsafeBuffer(value.getBytes(UTF_8));
        alert.attribute(kind, nameBuffer, 0, nameBuffer.capacity(), valueBuffer, 0, valueBuffer.capacity());
    }

    private static ClockView clock(String state, long dueNs, long stoppedNs, long elapsedNs, long targetNs) {
        return new ClockView("resolution", 1, state, false, SECOND, dueNs, stoppedNs, elapsedNs, targetNs);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static String json(AlertRecordWriter alert) {
        return text(json -> AlertJson.write(json, new AlertRecord().wrap(alert.buffer(), 0)));
    }

    private static String text(Json.Content content) {
        return new String(Json.bytes(content), UTF_8);
    }
}
