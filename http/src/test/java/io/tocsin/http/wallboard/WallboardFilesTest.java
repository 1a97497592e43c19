package io.tocsin.http.wallboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told of the pages without opening them; how they behave is tested in a browser, by the app. */
class WallboardFilesTest {
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";
    private static final Set<String> SCRIPTS = Set.of(
            "early.js",
            "board.js",
            "figures.js",
            "format.js",
            "lists.js",
            "page.js",
            "segments.js",
            "server.js",
            "texts.js",
            "ticket.js",
            "trend.js");

    @Test
    void shouldLoadNothingFromOutside() throws IOException {
        for (String name : SCRIPTS) {
            assertLoadsNothingFromOutside(name);
        }
        for (String name : Set.of("index.html", "ticket.html", "page.css", "board.css", "ticket.css")) {
            assertLoadsNothingFromOutside(name);
        }
    }

    private static void assertLoadsNothingFromOutside(String name) throws IOException {
        assertThat(read(name).replace(SVG_NAMESPACE, ""))
                .as(name)
                .doesNotContainPattern("(?i)https?:|url\\(|@import|[\"'(=]//");
    }

    @Test
    void shouldNeverReadServerTextAsMarkupOrCode() throws IOException {
        assertThat(scripts())
                .doesNotContainPattern("(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write|srcdoc|DOMParser")
                .doesNotContainPattern("\\beval\\b|new Function|createContextualFragment");
    }

    @Test
    void shouldHaveEveryWordInBothLanguages() throws IOException {
        String script = read("texts.js");
        Set<String> english = keys(script, "EN");
        Set<String> used = all("data-(?:text|label)=\"(\\w+)\"", read("index.html") + read("ticket.html"));
        used.addAll(all("(?<![.\\w])texts\\(\\)(?:\\)?)\\.(\\w+)", scripts()));
        used.addAll(all("const \\{(\\w+)} = texts\\(\\)", scripts()));

        assertThat(english).hasSizeGreaterThan(40).isEqualTo(keys(script, "ZH"));
        assertThat(used).isEqualTo(english);
    }

    @Test
    void shouldHaveTheSameInnerWordsInBothLanguages() throws IOException {
        String script = read("texts.js");
        for (String table : Set.of(
                "states",
                "windows",
                "tickets",
                "clocks",
                "figures",
                "kinds",
                "latency",
                "verdicts",
                "facts",
                "segments",
                "columns",
                "ticketStatus")) {
            assertThat(innerKeys(script, "ZH", table)).as(table).isNotEmpty().isEqualTo(innerKeys(script, "EN", table));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "ticket.html"})
    void shouldNameOnlyFilesThatAreThere(String page) throws IOException {
        Set<String> named = all("(?:src|href)=\"([\\w./]+\\.(?:js|css))\"", read(page));

        assertThat(named).hasSizeGreaterThan(5);
        for (String file : named) {
            read(file);
        }
    }

    @Test
    void shouldFindEveryPlaceItWritesTo() throws IOException {
        String board = read("board.js") + read("figures.js") + read("lists.js") + read("page.js");
        String ticket = read("ticket.js") + read("segments.js") + read("page.js");

        assertThat(ids("index.html")).hasSizeGreaterThan(20).containsAll(all("byId\\('([\\w-]+)'\\)", board));
        assertThat(ids("ticket.html")).hasSizeGreaterThan(8).containsAll(all("byId\\('([\\w-]+)'\\)", ticket));
    }

    @Test
    void shouldHaveAShapeForEveryKindOfAlertThatItLists() throws IOException {
        Set<String> kinds = innerKeys(read("texts.js"), "EN", "kinds");
        kinds.remove("revoked"); // Which has no row of its own.

        assertThat(all("<symbol id=\"(\\w+)\"", read("index.html"))).containsAll(kinds);
    }

    private static Set<String> ids(String page) throws IOException {
        return all("\\bid=\"([\\w-]+)\"", read(page));
    }

    private static Set<String> keys(String script, String table) {
        return all("(?m)^  (\\w+):", table(script, table));
    }

    /** The keys of an object within a table, which holds no other object. */
    private static Set<String> innerKeys(String script, String table, String name) {
        Matcher inner = Pattern.compile("(?ms)^  " + name + ": \\{(.*?)\\},$").matcher(table(script, table));
        assertThat(inner.find()).as(table + "." + name).isTrue();
        return all("(?:^|[,{\\s])'?(\\w+)'?: ['(]", inner.group(1));
    }

    private static String table(String script, String name) {
        String rest = script.substring(script.indexOf("const " + name + " = {"));
        return rest.substring(0, rest.indexOf("\n};"));
    }

    private static String scripts() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : SCRIPTS) {
            all.append(read(name));
        }
        return all.toString();
    }

    private static Set<String> all(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String read(String name) throws IOException {
        try (InputStream file = WallboardFilesTest.class.getResourceAsStream("/wallboard/" + name)) {
            assertThat(file).as("wallboard/" + name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
