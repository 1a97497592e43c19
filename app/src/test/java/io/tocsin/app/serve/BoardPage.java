package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A page in the browser that remembers what it complained of and whom it asked. Closing it fails if it complained, or asked
 * another host.
 */
final class BoardPage implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private boolean forgiving;

    BoardPage(BrowserContext context) {
        this.context = context;
        page = context.newPage();
        page.setDefaultTimeout(60_000);
        page.onConsoleMessage(message -> {
            boolean isAxes = message.text().startsWith("Canvas2D: Multiple readback operations");
            if (!isAxes && List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> asked.add(request.url()));
    }

    Page page() {
        return page;
    }

    BoardPage open(int port, String path) {
        page.navigate("http://127.0.0.1:" + port + path);
        return this;
    }

    /** Waits until the page shows what the server says now. */
    BoardPage awaitLive() {
        return await("document.body.dataset.state === 'live'");
    }

    /** Waits until an expression is true. Asked from here, as the page's own policy lets no text be run in it. */
    BoardPage await(String expression) {
        try {
            Await.until(expression, () -> holds(expression));
        } catch (Exception e) {
            throw new IllegalStateException(expression, e);
        }
        return this;
    }

    private boolean holds(String expression) {
        try {
            return Boolean.TRUE.equals(page.evaluate(expression));
        } catch (PlaywrightException e) {
            return false; // The next page is not there yet.
        }
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    String text(String selector) {
        return find(selector).innerText();
    }

    List<String> texts(String selector) {
        return find(selector).allInnerTexts();
    }

    Object evaluate(String expression) {
        return page.evaluate(expression);
    }

    /** What axe-core finds wrong, a line each. */
    List<String> axeViolations() {
        page.evaluate(axe());
        Object found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result =>"
                + " result.violations.flatMap(each => each.nodes.map(node =>"
                + " `${each.id} (${each.impact}): ${node.target} ${node.any.map(why => why.message)}`)))");
        return ((List<?>) found).stream().map(Object::toString).toList();
    }

    /** Keeps how it looks, as an artefact of the build. */
    void screenshot(String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(whole));
    }

    /** The page may complain of a server that was not there, also if the browser says so only later. */
    void forgiveComplaints() {
        forgiving = true;
    }

    @Override
    public void close() {
        context.close();
        complaints.removeIf(complaint -> forgiving && complaint.startsWith("Failed to load resource: net::ERR_"));
        assertThat(complaints).as("complaints in the console").isEmpty();
        assertThat(asked).isNotEmpty().allSatisfy(url -> {
            URI uri = URI.create(url.replace(' ', '+'));
            assertThat(uri.getScheme().equals("data") || uri.getHost().equals("127.0.0.1"))
                    .as("asked " + url)
                    .isTrue();
        });
    }

    private static String axe() {
        try (InputStream script = BoardPage.class.getResourceAsStream(AXE)) {
            assertThat(script).as(AXE).isNotNull();
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list of what is remembered by the browser, to be compared. */
    Map<?, ?> kept() {
        return (Map<?, ?>) page.evaluate("Object.fromEntries(Object.entries(localStorage))");
    }
}
