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

class WallboardFilesTest {
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "wallboard.css", "wallboard.js"})
    void shouldLoadNothingFromOutside(String name) throws IOException {
        String text = read(name).replace(SVG_NAMESPACE, "");

        assertThat(text).doesNotContainPattern("(?i)https?:|url\\(|@import|[\"'(=]//");
    }

    @Test
    void shouldNeverReadServerTextAsMarkupOrCode() throws IOException {
        assertThat(read("wallboard.js"))
                .doesNotContainPattern("(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write|srcdoc|DOMParser")
                .doesNotContainPattern("\\beval\\b|new Function|createContextualFragment");
    }

    @Test
    void shouldHaveEveryWordInTheTable() throws IOException {
        String script = read("wallboard.js");
        Set<String> used = all("data-text=\"(\\w+)\"", read("index.html"));
        used.addAll(all("TEXTS\\.(\\w+)", script));
        String table = script.substring(script.indexOf("const TEXTS"), script.indexOf("\n};"));
        Set<String> defined = all("(?m)^  (\\w+):", table);

        assertThat(used).hasSizeGreaterThan(10).isEqualTo(defined);
    }

    @Test
    void shouldFindEveryPlaceItWritesTo() throws IOException {
        Set<String> places = all("byId\\('([\\w-]+)'\\)", read("wallboard.js"));

        assertThat(all("\\bid=\"([\\w-]+)\"", read("index.html")))
                .hasSizeGreaterThan(10)
                .containsAll(places);
    }

    @Test
    void shouldHaveAShapeForEveryKindOfAlert() throws IOException {
        String script = read("wallboard.js");
        Matcher kinds = Pattern.compile("(?m)^  kinds: \\{(.*)},$").matcher(script);

        assertThat(kinds.find()).isTrue();
        assertThat(all("<symbol id=\"(\\w+)\"", read("index.html"))).isEqualTo(all("(\\w+): '", kinds.group(1)));
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
