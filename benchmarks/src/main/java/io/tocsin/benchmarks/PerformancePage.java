package io.tocsin.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the tables and plots of {@code docs/performance.md} from what runs wrote: {@code benchmarks/run page}. Each file
 * {@code docs/performance/NAME.json} gives a table, which takes the place of what stands in the page between two marks, and for
 * some runs a plot beside it, {@code NAME.svg}. What JMH wrote may stand there too:
 *
 * <pre>
 *   &lt;!-- begin NAME --&gt;
 *   …
 *   &lt;!-- end NAME --&gt;
 * </pre>
 */
public final class PerformancePage {
    private static final Pattern MARKED = Pattern.compile("(?s)<!-- begin (\\S+) -->\n.*?<!-- end \\1 -->");
    private static final String JSON = ".json";

    private PerformancePage() {}

    /** {@code HOME}, the folder of the benchmarks. */
    public static void main(String[] args) throws IOException {
        Path docs = Path.of(args[0]).resolveSibling("docs");
        Path page = docs.resolve("performance.md");
        Path folder = Files.createDirectories(docs.resolve("performance"));
        String text = Files.readString(page);
        List<String> missing = new ArrayList<>();
        Files.writeString(
                page,
                MARKED.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(section(folder, mark, missing))));
        tellUnused(folder, text);
        if (!missing.isEmpty()) {
            System.err.println("the page asks for runs that are not there: " + missing + "; put their results into "
                    + folder + " as NAME.json");
            System.exit(1);
        }
    }

    private static String section(Path folder, MatchResult mark, List<String> missing) {
        String name = mark.group(1);
        Path file = folder.resolve(name + JSON);
        if (!Files.exists(file)) {
            missing.add(name);
            return mark.group();
        }
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            RunTable run = RunTable.of(JmhResults.is(json) ? JmhResults.asRun(name, json) : json);
            String plot = RunPlot.of(run);
            StringBuilder text = new StringBuilder("<!-- begin " + name + " -->\n" + run.markdown());
            if (!plot.isEmpty()) {
                Files.writeString(folder.resolve(name + ".svg"), plot);
                text.append("\n![")
                        .append(run.title())
                        .append("](performance/")
                        .append(name)
                        .append(".svg)\n");
            }
            return text.append("<!-- end ").append(name).append(" -->").toString();
        } catch (IOException e) {
            throw new IllegalStateException("cannot make the section of " + file + ": " + e.getMessage(), e);
        }
    }

    private static void tellUnused(Path folder, String page) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + JSON)) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(JSON, "");
                if (!page.contains("<!-- begin " + name + " -->")) {
                    System.err.println("no place in the page for " + file);
                }
            }
        }
    }

    /** A field as a number, or NaN when it has none. */
    static double number(JsonNode row, String field) {
        return row.path(field).isNumber() ? row.path(field).asDouble() : Double.NaN;
    }
}
