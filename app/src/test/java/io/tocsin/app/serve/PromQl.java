package io.tocsin.app.serve;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which metrics an expression of PromQL names, and which labels. No grammar: names, and what stands around them. */
final class PromQl {
    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^\\]]*\\]|[0-9.]+[a-z]*|[a-zA-Z_:][a-zA-Z0-9_:]*|[{}(),]|[^\\s\\w{}(),\"\\[]+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");

    /** Labels by the metric that they are asked of. */
    private final Map<String, Set<String>> metrics = new LinkedHashMap<>();
    /** Labels that results are grouped by. */
    private final Set<String> groupedBy = new LinkedHashSet<>();

    PromQl(String expression) {
        String[] tokens =
                TOKEN.matcher(expression).results().map(found -> found.group()).toArray(String[]::new);
        String metric = "";
        boolean inSelector = false;
        boolean inGrouping = false;
        for (int i = 0; i < tokens.length; i++) {
            String token = tokens[i];
            String next = i + 1 < tokens.length ? tokens[i + 1] : "";
            boolean isName = NAME.matcher(token).matches();
            if (token.equals("{") || token.equals("}")) {
                inSelector = token.equals("{");
            } else if (token.equals(")")) {
                inGrouping = false;
            } else if (GROUPING.contains(token)) {
                inGrouping = true;
            } else if (isName && inSelector) {
                metrics.get(metric).add(token);
            } else if (isName && inGrouping) {
                groupedBy.add(token);
            } else if (isName && !next.equals("(") && !WORDS.contains(token) && !GROUPING.contains(next)) {
                metric = token;
                metrics.computeIfAbsent(metric, none -> new LinkedHashSet<>());
            }
        }
    }

    Map<String, Set<String>> metrics() {
        return metrics;
    }

    Set<String> groupedBy() {
        return groupedBy;
    }

    /** The query of a dashboard's variable, {@code label_values(metric, label)}, as an expression with the same names. */
    static PromQl ofVariable(String query) {
        Matcher values = Pattern.compile("label_values\\((.+), ([a-z_]+)\\)").matcher(query);
        if (!values.matches()) {
            throw new AssertionError("not a query of a variable that is known here: " + query);
        }
        return new PromQl("sum by (" + values.group(2) + ") (" + values.group(1) + ")");
    }
}
