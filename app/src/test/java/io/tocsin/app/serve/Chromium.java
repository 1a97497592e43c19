package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A real Chromium without a screen, the one that {@code .ci/chromium} finds or installs. One thread. */
final class Chromium implements AutoCloseable {
    /** Maven runs the tests in the module's folder. */
    private static final Path FINDER = Path.of("..", ".ci", "chromium");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium launch() {
        Path executable = find();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(
                    playwright,
                    playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable)));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** A page of a reader of its own, who has never been here before. */
    BoardPage page(Browser.NewContextOptions reader) {
        return new BoardPage(browser.newContext(reader));
    }

    /** English, a light screen of the given size. */
    static Browser.NewContextOptions reader(int width, int height) {
        return new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(width, height);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Path find() {
        try {
            Process finder = new ProcessBuilder(FINDER.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String path = new String(finder.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(finder.waitFor())
                    .as("exit code of " + FINDER + ", which says why on standard error")
                    .isZero();
            return Path.of(path);
        } catch (IOException e) {
            throw new AssertionError(FINDER + " cannot be run", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
