package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the pages look: accessible in every theme and language, painted soon, whole on a wall. What they looked like is kept
 * in {@code target/screenshots}. The deadline is for what the browser never answers.
 */
@Timeout(180)
class WallboardLookTest {
    private static final Path CALL_CENTRE = Path.of("..", "examples", "policies", "call-centre.yaml");
    /** Rates, and a goal for one of the clocks. */
    private static final String FIGURES = """

            figures: {repeat_within: 1h, service_level: {formula: offered, within: 20s}}
            objectives:
              - {name: answered in time, metric: attainment, clock: first_response, window: 1h, below: 80%, to: team_lead}
            """;

    private static final String OFFICE = """
            version: 1
            timezone: Asia/Shanghai
            calendars:
              office: {timezone: Asia/Shanghai, hours: {mon-sun: ["09:00-12:00", "13:30-18:00"]}}
            policies:
              - name: after-sales complaint, grade A
                calendar: office
                warn: [50%]
                escalate: [{after: 30m, to: team_lead}]
                targets: {first_response: 15m, resolution: 4h}
            """;

    private static final int TICKETS = 240;
    private static final int PAST_TICKETS = 360;
    private static final int MOST_LOADS = 10;
    private static final List<ColorScheme> THEMES = List.of(ColorScheme.DARK, ColorScheme.LIGHT);
    private static final List<String> LANGUAGES = List.of("en-GB", "zh-CN");

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static TestServer server;

    @BeforeAll
    static void open() throws Exception {
        chromium = Chromium.launch();
        server = TestServer.start(folder, Files.readString(CALL_CENTRE) + FIGURES);
        long nowMs = System.currentTimeMillis();
        server.api().accept(Api.NDJSON, past(nowMs), 4 * PAST_TICKETS);
        server.api().accept(Api.NDJSON, traffic(nowMs), 2 * TICKETS + TICKETS / 2);
    }

    @AfterAll
    static void close() {
        server.close();
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"DARK, en-GB", "LIGHT, en-GB", "DARK, zh-CN", "LIGHT, zh-CN"})
    void shouldBeAccessible(ColorScheme theme, String language) {
        for (int width : new int[] {1920, 390}) {
            try (BoardPage board = chromium.page(reader(width, theme, language))) {
                board.open(port(), "/?by=team").awaitLive().await("document.querySelector('#alerts li') !== null");
                assertThat(board.axeViolations())
                        .as("what axe finds on the wallboard")
                        .isEmpty();
                board.screenshot(name("board", width, theme, language), width < 1000);
            }
        }
    }

    @Test
    void shouldBeAccessibleWhenItsFiguresAreOldAndWhenTheServerIsGone(@TempDir Path data) throws Exception {
        Path policy = Files.writeString(data.resolve("policy.yaml"), Files.readString(CALL_CENTRE) + FIGURES);
        Map<String, BoardPage> boards = new LinkedHashMap<>();
        ServerProcess process = ServerProcess.start(data, "--data", data.resolve("data"), "--policy", policy);
        try (process) {
            process.api().accept(Api.NDJSON, traffic(System.currentTimeMillis()), 2 * TICKETS + TICKETS / 2);
            for (ColorScheme theme : THEMES) {
                for (String language : LANGUAGES) {
                    BoardPage board = chromium.page(reader(1920, theme, language));
                    boards.put(name("", 1920, theme, language), board);
                    board.open(process.api().port(), "/?by=team").awaitLive();
                }
            }
            process.standStill();
            assertAccessible(boards, "stale");
            process.goOn();
            process.kill();
            assertAccessible(boards, "gone");
        } finally {
            boards.values().forEach(BoardPage::forgiveComplaints);
            boards.values().forEach(BoardPage::close);
        }
    }

    private static void assertAccessible(Map<String, BoardPage> boards, String state) {
        boards.forEach((name, board) -> {
            board.await("document.body.dataset.state === '" + state + "'");
            assertThat(board.axeViolations())
                    .as("what axe finds on the wallboard, " + state + name)
                    .isEmpty();
            board.screenshot(state + name, false);
        });
    }

    @ParameterizedTest
    @CsvSource({"DARK, en-GB", "LIGHT, en-GB", "DARK, zh-CN", "LIGHT, zh-CN"})
    void shouldTellAccessiblyWhyItBreached(ColorScheme theme, String language, @TempDir Path data) throws Exception {
        try (TestServer office = TestServer.start(data, OFFICE)) {
            office.api().accept(Api.NDJSON, lateCase(), 9);
            JsonNode told = office.api().read("/v1/tickets/INC0010023/timeline");
            for (int width : new int[] {1280, 390}) {
                try (BoardPage page = chromium.page(reader(width, theme, language))) {
                    page.open(office.live().port(), "/ticket.html?id=INC0010023")
                            .await("document.querySelector('.bar .late') !== null");
                    assertThat(page.axeViolations())
                            .as("what axe finds on the ticket's page")
                            .isEmpty();
                    page.screenshot(name("ticket", width, theme, language), true);
                    assertTold(page, told);
                    if (width > 1000) {
                        page.page().waitForResponse("**/timeline", () -> {});
                        assertTold(page, told); // Stays so when the page asks again.
                    }
                }
            }
        }
    }

    /** Everything that the server tells is on the page. */
    private static void assertTold(BoardPage page, JsonNode told) {
        assertThat(page.find("#events li").count()).isEqualTo(told.get("events").size());
        JsonNode resolution = told.get("clocks").get(1);
        assertThat(page.text("[aria-labelledby=clock-resolution-1] tfoot td:nth-child(4)"))
                .isEqualTo(page.evaluate("document.documentElement.lang").equals("zh") ? "6小时" : "6h");
        assertThat(resolution.get("elapsed").asDouble()).isEqualTo(6 * 3_600);
        assertThat(page.find("[aria-labelledby=clock-resolution-1] tbody tr").count())
                .isEqualTo(kinds(resolution).size());
        assertThat(kinds(resolution)).contains("running", "paused", "outside_hours", "stopped");
        assertThat(page.texts("[aria-labelledby=clock-resolution-1] tbody tr.paused td:nth-child(5)"))
                .containsExactly("pending");
        // What was announced and taken back, because all of it came late, is no mark.
        assertThat(page.texts(".mark.due")).hasSize(2);
        assertThat(page.texts(".mark:not(.due)")).containsExactly("30m");
    }

    private static List<String> kinds(JsonNode clock) {
        List<String> kinds = new ArrayList<>();
        clock.get("segments").forEach(segment -> kinds.add(segment.get("kind").asText()));
        return kinds;
    }

    @Test
    void shouldBePaintedWithinASecond() {
        List<Double> paintsMs = new ArrayList<>();
        while (paintsMs.stream().noneMatch(ms -> ms < 1_000)) {
            assertThat(paintsMs).as("ms to the first paint").hasSizeLessThan(MOST_LOADS);
            try (BoardPage board = chromium.page(Chromium.reader(1920, 1080))) {
                board.open(port(), "/").awaitLive();
                paintsMs.add(
                        ((Number) board.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                                .doubleValue());
            }
        }
        System.out.println("wallboard: first contentful paint after " + paintsMs + " ms");
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1366, 768", "1920, 1080", "3840, 2160"})
    void shouldBeWholeOnAWall(int width, int height) {
        try (BoardPage board = chromium.page(Chromium.reader(width, height))) {
            board.open(port(), "/?by=team").awaitLive().await("document.querySelector('.trend canvas') !== null");
            assertThat(board.evaluate("document.documentElement.scrollHeight <= innerHeight"))
                    .isEqualTo(true);
            assertThat(board.evaluate(
                            "[...document.querySelectorAll('main .figure, main .counts, main h2, main table, footer')]"
                                    + ".filter(each => { const box = each.getBoundingClientRect(); return"
                                    + " box.right > innerWidth + 1 || box.bottom > innerHeight + 1; }).length"))
                    .isEqualTo(0);
            board.screenshot("wall-" + width + "x" + height, false);
        }
    }

    private static int port() {
        return server.live().port();
    }

    private static Browser.NewContextOptions reader(int width, ColorScheme theme, String language) {
        return Chromium.reader(width, width < 1000 ? 844 : 1080)
                .setColorScheme(theme)
                .setLocale(language);
    }

    private static String name(String page, int width, ColorScheme theme, String language) {
        return page + "-" + width + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + language.substring(0, 2);
    }

    /** Answered at once, waited for the customer, resolved the next day two hours too late, and opened again for a while. */
    private static String lateCase() {
        ZonedDateTime day = LocalDate.now(ZoneOffset.UTC).minusDays(4).atStartOfDay(ZoneId.of("Asia/Shanghai"));
        return Stream.of(
                        "opened 11:00",
                        "responded 11:10",
                        "updated 11:20",
                        "updated 11:20",
                        "pending 14:00",
                        "customer_replied 14:30",
                        "resolved 33:30",
                        "reopened 34:30",
                        "resolved 35:00")
                .map(each -> each.split("[ :]"))
                .map(each -> event(
                        "INC0010023",
                        each[0],
                        day.plusMinutes(60 * Long.parseLong(each[1]) + Long.parseLong(each[2]))
                                .toInstant()
                                .toEpochMilli()))
                .collect(Collectors.joining());
    }

    /** Three hours of calls, all resolved and rated, with a bad stretch in the middle. */
    private static String past(long nowMs) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < PAST_TICKETS; i++) {
            String ticket = "P-" + (1_000 + i);
            long openedMs = nowMs - 10_800_000 + i * 28_000L;
            boolean late = i % 9 == 0 || i / 60 == 3 && i % 3 == 0;
            lines.append(event(ticket, "opened", openedMs)
                    .replace("}", ",\"attributes\":{\"channel\":\"phone\",\"team\":\"billing\"}}"));
            lines.append(event(ticket, "responded", openedMs + (late ? 40_000 : 9_000)));
            lines.append(event(ticket, "resolved", openedMs + 150_000 + i % 7 * 60_000));
            lines.append(event(ticket, "rated", openedMs + 700_000)
                    .replace(
                            "}",
                            ",\"attributes\":{\"csat\":" + (i % 8 == 0 ? 2 : 5) + ",\"nps\":" + (4 + i % 7) + "}}"));
        }
        return lines.toString();
    }

    /** Some were answered in time and some were not, some are resolved, all within the last minutes. */
    private static String traffic(long nowMs) {
        String[] channels = {"phone", "chat", "email"};
        String[] teams = {"billing", "orders", "tech", "returns"};
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < TICKETS; i++) {
            long openedMs = nowMs - 400_000 + i * 1_600L;
            String channel = channels[i % 3];
            lines.append(event("C-" + (1_000 + i), "opened", openedMs)
                    .replace(
                            "}",
                            ",\"attributes\":{\"channel\":\"" + channel + "\",\"team\":\"" + teams[i % 4]
                                    + "\",\"priority\":\"normal\",\"tier\":\"standard\"}}"));
            lines.append(event(
                    "C-" + (1_000 + i), "responded", Math.min(nowMs, openedMs + (i % 7 == 0 ? 25_000 : 4_000))));
            if (i % 2 == 0) {
                lines.append(event("C-" + (1_000 + i), "resolved", Math.min(nowMs, openedMs + 90_000)));
            }
        }
        return lines.toString();
    }

    private static String event(String ticket, String type, long atMs) {
        return "{\"ticket\":\"" + ticket + "\",\"type\":\"" + type + "\",\"at\":" + atMs + "}\n";
    }
}
