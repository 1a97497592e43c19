package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final Path POLICY = Path.of("..", "examples", "policies", "call-centre.yaml");
    /** Answered for the server, whose own answer is tested elsewhere. */
    private static final Path TIMELINE =
            Path.of("src", "test", "resources", "io", "tocsin", "app", "serve", "timeline.json");

    private static final int TICKETS = 240;
    private static final int MOST_LOADS = 10;

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static TestServer server;

    @BeforeAll
    static void open() throws Exception {
        chromium = Chromium.launch();
        server = TestServer.start(folder, Files.readString(POLICY));
        server.api().accept(Api.NDJSON, traffic(System.currentTimeMillis()), 2 * TICKETS + TICKETS / 2);
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

    @ParameterizedTest
    @CsvSource({"DARK, en-GB", "LIGHT, en-GB", "DARK, zh-CN", "LIGHT, zh-CN"})
    void shouldTellAccessiblyWhyItBreached(ColorScheme theme, String language) {
        for (int width : new int[] {1280, 390}) {
            try (BoardPage page = chromium.page(reader(width, theme, language))) {
                page.answer("/timeline", TIMELINE);
                page.open(port(), "/ticket.html?id=INC0010023").await("document.querySelector('.bar .late') !== null");
                assertThat(page.axeViolations())
                        .as("what axe finds on the ticket's page")
                        .isEmpty();
                page.screenshot(name("ticket", width, theme, language), true);
            }
        }
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
