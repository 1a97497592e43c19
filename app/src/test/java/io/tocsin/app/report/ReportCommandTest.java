package io.tocsin.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.CommandRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final OffsetDateTime MAY_1 = OffsetDateTime.parse("2024-05-01T09:00:00+08:00");

    @TempDir
    Path folder;

    private ReportRun run;

    @BeforeEach
    void begin() {
        run = new ReportRun(folder);
    }

    /** The rows that the department's own document gives as an example. */
    @Test
    void shouldGiveTheResponseTimesOfTheStandard() throws IOException {
        tickets(41, MAY_1, 8.0, "*小明", 40, 64, 45, 82, 10.25);
        tickets(49, MAY_1.plusDays(1), 7.2, "*小红", 48, 51, 52, 90, 12.4);

        assertThat(csv("--from", "2024-05-01", "--to", "2024-05-02", "--lang", "zh"))
                .containsExactly(
                        "日期,客服,处理工单数,平均首次响应时间（分钟）,平均问题解决时间（小时）,响应达标率（%）,解决达标率（%）",
                        "2024-05-01,*小明,45,8.2,1.1,91,89", "2024-05-02,*小红,52,7.5,0.9,94,92");
        assertThat(csv("--day", "2024-05-02"))
                .containsExactly(
                        "date,agent,tickets,average first response (min),average resolution (h),"
                                + "response attainment (%),resolution attainment (%)",
                        "2024-05-02,*小红,52,7.5,0.9,94,92");
    }

    @Test
    void shouldLeaveEmptyWhatThereIsNoneOf() throws IOException {
        run.event("A", "opened", MAY_1.plusHours(14).plusMinutes(55), "\"agent\":\"a\"");
        run.event("A", "responded", MAY_1.plusHours(15).plusMinutes(1), "");

        // Opened before midnight, answered after it: each figure is of the day on which it was decided.
        assertThat(csv("--from", "2024-05-01", "--to", "2024-05-03"))
                .endsWith("2024-05-01,a,1,,,,", "2024-05-02,a,0,6.0,,100,0");
    }

    @Test
    void shouldFindThePlantedCause() throws IOException {
        for (int i = 0; i < 60; i++) {
            String region = List.of("north", "south", "east").get(i % 3);
            double answered = region.equals("north") && i % 2 == 0 ? 30 : 5;
            run.ticket(
                    MAY_1.plusMinutes(i),
                    answered,
                    60,
                    "\"region\":\"%s\",\"team\":\"t%d\",\"csat\":5".formatted(region, i % 4));
        }

        JsonNode rows = run.tables("--day", "2024-05-01").path("out_of_line").path("rows");

        assertThat(rows).isNotEmpty();
        JsonNode first = rows.get(0);
        assertThat(first.path("figure").asText()).isEqualTo("on-time responses");
        assertThat(first.path("value").asDouble()).isEqualTo(83.3);
        assertThat(first.path("attribute").asText()).isEqualTo("region");
        assertThat(first.path("group").asText()).isEqualTo("north");
        assertThat(first.path("counted").asInt()).isEqualTo(20);
        assertThat(first.path("missed").asInt()).isEqualTo(10);
        assertThat(first.path("share").asDouble()).isEqualTo(100.0);
        assertThat(first.path("its_figure").asDouble()).isEqualTo(50.0);
        assertThat(first.path("without").asDouble()).isEqualTo(100.0);
        // What says how a ticket went is no cause.
        assertThat(values(rows, "attribute")).doesNotContain("csat");
    }

    @Test
    void shouldHoldFiguresAgainstStandardsThatCanBeSet() throws IOException {
        for (int i = 0; i < 10; i++) {
            run.ticket(MAY_1.plusMinutes(i), i == 0 ? 30 : 5, 60, "");
        }

        assertThat(figure("on-time responses")).isEqualTo("90.0 % [≥ 95] NO");
        assertThat(figure("on-time responses", "--standard", "on_time_response_rate=90%"))
                .isEqualTo("90.0 % [≥ 90] yes");
        assertThat(figure("on-time responses", "--standard", "on_time_response_rate=none"))
                .isEqualTo("90.0 % [] ");
        assertThat(figure("average wait for a response")).isEqualTo("7.5 min [≤ 3] NO");
        assertThat(figure("average wait for a response", "--standard", "average_waiting=7m30s"))
                .isEqualTo("7.5 min [≤ 7.5] yes");
        assertThat(figure("customers satisfied")).isEqualTo("null % [≥ 90] ");
        assertThat(figure("complaint rate")).isEqualTo("0.0 % [≤ 1] yes");
    }

    @Test
    void shouldCountWhatTheQualityReportAsksFor() throws IOException {
        String complaint = run.next();
        run.event(complaint, "opened", MAY_1, "\"category\":\"complaint\"");
        run.event(complaint, "complained", MAY_1.plusMinutes(1), "");
        run.event(complaint, "responded", MAY_1.plusMinutes(2), "");
        run.event(complaint, "customer_replied", MAY_1.plusMinutes(3), "");
        run.event(complaint, "customer_replied", MAY_1.plusMinutes(4), "");
        run.event(complaint, "transferred", MAY_1.plusMinutes(5), "");
        run.event(complaint, "transferred", MAY_1.plusMinutes(6), "");
        run.event(complaint, "resolved", MAY_1.plusMinutes(7), "");
        for (int i = 0; i < 3; i++) {
            run.ticket(MAY_1.plusMinutes(i), 1, 20, "\"category\":\"account\"");
        }

        assertThat(figure("contacts per solved complaint")).isEqualTo("3.0  [] ");
        assertThat(figure("needed several departments")).isEqualTo("25.0 % [] ");
        assertThat(figure("complaint rate")).isEqualTo("25.0 % [≤ 1] NO");
        assertThat(figure("handed over")).startsWith("2 ");
        JsonNode categories =
                run.tables("--day", "2024-05-01").path("by_category").path("rows");
        assertThat(values(categories, "category")).containsExactly("account", "complaint", "all");
        assertThat(values(categories, "opened")).containsExactly("3", "1", "4");
        assertThat(values(categories, "handed_over")).containsExactly("0.0", "100.0", "25.0");
        assertThat(values(categories, "average_first_response")).containsExactly("60.0", "120.0", "75.0");
        JsonNode hours = run.tables("--day", "2024-05-01").path("by_hour").path("rows");
        assertThat(values(hours, "hour")).containsExactly("09:00–10:00");
        assertThat(values(hours, "share")).containsExactly("100.0");
    }

    @Test
    void shouldReportOnlyTheTicketsAskedFor() throws IOException {
        for (int i = 0; i < 6; i++) {
            run.ticket(
                    MAY_1.plusMinutes(i),
                    5,
                    60,
                    "\"channel\":\"%s\",\"region\":\"%s\",\"agent\":\"a\""
                            .formatted(i < 4 ? "phone" : "web", i % 2 == 0 ? "north" : "south"));
        }

        assertThat(csv("--day", "2024-05-01").get(1)).startsWith("2024-05-01,a,6,");
        assertThat(csv("--day", "2024-05-01", "--where", "channel=phone").get(1))
                .startsWith("2024-05-01,a,4,");
        JsonNode tables = run.tables(
                "--day", "2024-05-01", "--where", "channel=phone", "--where", "region=north", "--review", "100%");
        assertThat(tables.path("key_figures").path("rows").get(0).path("value").asInt())
                .isEqualTo(2);
        assertThat(tables.path("reviews").path("rows")).hasSize(2);
        assertThat(csv("--day", "2024-05-01", "--where", "channel=fax")).hasSize(1);
    }

    @Test
    void shouldDrawTheSameTicketsInWhateverOrderTheyCame() throws IOException {
        for (int i = 0; i < 41; i++) {
            run.ticket(MAY_1.plusMinutes(i), 5, 60, "\"agent\":\"a\",\"qa_attitude\":" + (i % 5 + 1));
        }
        run.event("X", "opened", MAY_1, "");
        run.event("X", "cancelled", MAY_1, "");

        List<String> drawn = drawn("--seed", "7");

        assertThat(drawn).hasSize(9).doesNotHaveDuplicates().doesNotContain("X");
        assertThat(drawn("--seed", "7")).isEqualTo(drawn);
        assertThat(drawn("--seed", "8")).isNotEqualTo(drawn);
        assertThat(drawn("--seed", "7", "--review", "10%")).isEqualTo(drawn.subList(0, 5));
        List<PastTicket> tickets = new ArrayList<>();
        for (int i = 1; i <= 41; i++) {
            tickets.add(new PastTicket("T" + i, i, null, List.of()));
        }
        Collections.shuffle(tickets, new Random(1));
        assertThat(new Sample(new BigDecimal("0.2"), 7).of(tickets))
                .extracting(PastTicket::id)
                .containsExactlyElementsOf(drawn);
        JsonNode scored = run.tables("--day", "2024-05-01", "--review", "100%")
                .path("reviews")
                .path("rows");
        assertThat(values(scored, "attitude")).contains("1", "2", "3", "4", "5").doesNotContain("null");
        assertThat(values(scored, "timeliness")).containsOnly("null");
    }

    @Test
    void shouldLookBackOnAMonth() throws IOException {
        for (int month = 4; month <= 5; month++) {
            for (int i = 0; i < 25; i++) {
                OffsetDateTime at = MAY_1.withMonth(month).plusHours(24L * (i % 20));
                run.ticket(at, i % 5 == 0 ? 20 : 5, 60, "\"agent\":\"slow\",\"category\":\"faults\"");
                run.ticket(at, 4, 60, "\"agent\":\"quick\",\"qa_attitude\":4,\"qa_resolution\":5");
            }
        }

        JsonNode tables = run.tables("--month", "2024-05", "--lang", "en");

        JsonNode below = tables.path("below_standard").path("rows");
        assertThat(below).hasSize(1);
        assertThat(below.get(0).path("agent").asText()).isEqualTo("slow");
        assertThat(below.get(0).path("before").asDouble()).isEqualTo(80.0);
        assertThat(below.get(0).path("value").asDouble()).isEqualTo(80.0);
        JsonNode best = tables.path("best").path("rows");
        assertThat(values(best, "agent")).containsExactly("quick", "slow", "quick");
        assertThat(values(best, "value")).containsExactly("100.0", "80.0", "4.5");
        JsonNode late = tables.path("late_by_category").path("rows");
        assertThat(late).hasSize(1);
        assertThat(late.get(0).path("category").asText()).isEqualTo("faults");
        assertThat(late.get(0).path("late_responses").asInt()).isEqualTo(5);
        JsonNode trend = tables.path("trend").path("rows");
        assertThat(trend).hasSize(32);
        assertThat(trend.get(0).path("period").asText()).isEqualTo("2024-05-01");
        assertThat(trend.get(0).path("opened").asInt()).isEqualTo(4);
        assertThat(trend.get(25).path("on_time_response_rate").isNull()).isTrue();
        assertThat(trend.get(31).path("opened").asInt()).isEqualTo(50);
        assertThat(trend.get(31).path("on_time_response_rate").asDouble()).isEqualTo(90.0);

        JsonNode quarter = run.tables("--quarter", "2024-Q2", "--table", "trend")
                .path("trend")
                .path("rows");
        assertThat(values(quarter, "period")).containsExactly("2024-04", "2024-05", "2024-06", "all");
        assertThat(values(quarter, "opened")).containsExactly("50", "50", "0", "100");
    }

    @Test
    void shouldSayTheSameAsOfThenWhateverCameLater() throws IOException {
        String ticket = run.next();
        run.event(ticket, "opened", MAY_1, "\"agent\":\"a\"");
        run.event("B", "opened", MAY_1.plusMinutes(20), "\"agent\":\"b\"");
        // Arrives 20 minutes late and proves the breach wrong.
        List<String> lines = new ArrayList<>(Files.readAllLines(run.file()));
        lines.add("{\"ticket\":\"%s\",\"type\":\"responded\",\"at\":\"%s\"}"
                .formatted(ticket, MAY_1.plusMinutes(5).toInstant()));
        Path events = Files.write(folder.resolve("late.ndjson"), lines);

        String[] known = {
            "report",
            "--data",
            events.toString(),
            "--policy",
            run.policy().toString(),
            "--day",
            "2024-05-01",
            "--format",
            "csv"
        };
        assertThat(ReportRun.checked(CommandRun.of((Object[]) known)).lines().skip(1))
                .containsExactly("2024-05-01,a,1,5.0,,100,0", "2024-05-01,b,1,,,0,0");
        Object[] then = Stream.concat(
                        Stream.of(known),
                        Stream.of("--as-of", MAY_1.plusMinutes(19).toInstant().toString()))
                .toArray();
        assertThat(ReportRun.checked(CommandRun.of(then)).lines().skip(1)).containsExactly("2024-05-01,a,1,,,0,");
    }

    @Test
    void shouldWriteAPageThatLoadsNothing() throws IOException {
        run.ticket(MAY_1, 5, 60, "\"category\":\"<script>\",\"agent\":\"*小明\"");
        Path page = folder.resolve("report.html");

        assertThat(run.text("--month", "2024-05", "--format", "html", "--lang", "zh", "--out", page))
                .isEmpty();

        String html = Files.readString(page);
        assertThat(html).startsWith("<!DOCTYPE html>").contains("<svg", "*小明", "月报 2024-05", "lang=\"zh\"");
        assertThat(html).doesNotContain("<script", "<link", "<img", "@import", "src=");
        String loaded = html.replaceAll("xmlns(:\\w+)?=\"[^\"]*\"", "");
        assertThat(loaded).doesNotContain("http://", "https://");
        assertThat(Pattern.compile("url\\((?!#)").matcher(loaded).find()).isFalse();
        assertThat(run.text("--month", "2024-05", "--format", "html", "--lang", "zh"))
                .isEqualTo(html);
    }

    @Test
    void shouldPrintTablesForATerminal() throws IOException {
        run.ticket(MAY_1, 5, 60, "\"agent\":\"*小明\"");

        assertThat(run.text("--day", "2024-05-01", "--table", "response_times", "--lang", "zh"))
                .contains("日报 2024-05-01\n===============\n")
                .contains("响应时效监控表\n--------------\n")
                .contains("2024-05-01  *小明           1                       5.0");
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        run.ticket(MAY_1, 5, 60, "");
        assertRefused("no time is given");
        assertRefused("more than one time", "--day", "2024-05-01", "--month", "2024-05");
        assertRefused("--day 'May' is not a date, like 2026-11-21", "--day", "May");
        assertRefused("--month '2024' is not a month", "--month", "2024");
        assertRefused("--quarter '2024-Q5' is not a quarter", "--quarter", "2024-Q5");
        assertRefused("--from is given without --to", "--from", "2024-05-01");
        assertRefused("lies before --from", "--from", "2024-05-02", "--to", "2024-05-01");
        assertRefused("--format 'pdf' is none of text, csv, json, html", "--day", "2024-05-01", "--format", "pdf");
        assertRefused("--table 'x' is none of key_figures", "--day", "2024-05-01", "--table", "x");
        assertRefused("needs --month", "--day", "2024-05-01", "--table", "best");
        assertRefused("holds one table", "--day", "2024-05-01", "--format", "csv", "--table", "reviews,by_hour");
        assertRefused("is not NAME=VALUE", "--day", "2024-05-01", "--where", "phone");
        assertRefused("names no figure", "--day", "2024-05-01", "--standard", "x=1");
        assertRefused("is no number; write it like 95%", "--day", "2024-05-01", "--standard", "csat=high");
        assertRefused("is no share", "--day", "2024-05-01", "--review", "120%");
        assertRefused("is no instant", "--day", "2024-05-01", "--as-of", "noon");
        CommandRun noPolicy = CommandRun.of("report", "--data", run.file(), "--day", "2024-05-01");
        assertThat(noPolicy.exitCode()).isEqualTo(2);
        assertThat(noPolicy.err()).contains("brings no policy; give one with --policy FILE");
    }

    /** Tickets of one agent: so many answered and resolved in time, the rest late. */
    private void tickets(
            int inTime,
            OffsetDateTime at,
            double answered,
            String agent,
            int resolvedInTime,
            int resolved,
            int all,
            int resolvedLate,
            double answeredLate) {
        IntStream.range(0, all)
                .forEach(i -> run.ticket(
                        at.plusMinutes(i),
                        i < inTime ? answered : answeredLate,
                        i < resolvedInTime ? resolved : resolvedLate,
                        "\"agent\":\"" + agent + "\""));
    }

    private List<String> csv(Object... options) throws IOException {
        String csv = run.text(
                Stream.concat(Stream.of("--format", "csv"), Stream.of(options)).toArray());
        assertThat(csv).endsWith("\r\n");
        return List.of(csv.split("\r\n"));
    }

    private List<String> drawn(Object... options) throws IOException {
        Object[] all = Stream.concat(Stream.of("--day", "2024-05-01"), Stream.of(options))
                .toArray();
        return values(run.tables(all).path("reviews").path("rows"), "ticket");
    }

    private String figure(String title, Object... options) throws IOException {
        Object[] all = Stream.concat(Stream.of("--day", "2024-05-01"), Stream.of(options))
                .toArray();
        return StreamSupport.stream(
                        run.tables(all).path("key_figures").path("rows").spliterator(), false)
                .filter(row -> row.path("figure").asText().equals(title))
                .map(row -> row.path("value").asText() + " " + text(row, "unit") + " [" + text(row, "standard") + "] "
                        + text(row, "kept"))
                .findFirst()
                .orElseThrow();
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).isNull() ? "" : row.path(field).asText();
    }

    private static List<String> values(JsonNode rows, String field) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path(field).asText())
                .toList();
    }

    private void assertRefused(String reason, Object... options) throws IOException {
        CommandRun refused = run.report(options);
        assertThat(refused.exitCode()).as(reason).isEqualTo(2);
        assertThat(refused.errorLines())
                .singleElement()
                .asString()
                .startsWith("tocsin: report: ")
                .contains(reason);
    }
}
