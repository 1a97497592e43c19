package io.tocsin.app.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads OpenMetrics 1.0 text strictly, as far as Tocsin writes it: every family has a type and a help, a unit ends its name, its
 * samples lie together and have the suffixes of its type, no series comes twice, histograms add up, and {@code # EOF} is the end.
 * Whatever is not so fails.
 */
final class OpenMetricsText {
    private static final Pattern META = Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (-?[0-9.]+(?:E-?[0-9]+)?|NaN|[+]Inf|-Inf)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\"\\\\n])*)\"(?:,|$)");
    private static final Map<String, Set<String>> SUFFIXES = Map.of(
            "counter", Set.of("_total"),
            "gauge", Set.of(""),
            "info", Set.of("_info"),
            "histogram", Set.of("_bucket", "_count", "_sum"),
            "summary", Set.of("", "_count", "_sum"));

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, Set<String>> labelsBySample = new TreeMap<>();

    /** One family; its parts stay empty until they have come. */
    private static final class Family {
        private final String name;
        private String type = "";
        private String unit = "";
        private String help = "";
        private boolean hasSamples;

        Family(String name) {
            this.name = name;
        }
    }

    /** Reads all of it. */
    OpenMetricsText(String text) {
        require(text.endsWith("\n# EOF\n"), "the end is not # EOF", text.substring(Math.max(0, text.length() - 40)));
        String[] lines = text.split("\n", -1);
        Family current = null;
        for (int i = 0; i < lines.length - 2; i++) {
            String line = lines[i];
            Matcher meta = META.matcher(line);
            if (meta.matches()) {
                if (current == null || !current.name.equals(meta.group(2))) {
                    current = new Family(meta.group(2));
                    require(families.put(current.name, current) == null, "a family comes twice", line);
                }
                require(!current.hasSamples, "it comes behind samples", line);
                meta(current, meta.group(1), meta.group(3), line);
            } else {
                require(current != null, "a sample of no family", line);
                sample(current, line);
            }
        }
        families.values().forEach(this::check);
    }

    /** The names of all samples, as one asks for them. */
    Set<String> names() {
        return labelsBySample.keySet();
    }

    /** The names of all labels that samples of a name have. */
    Set<String> labels(String name) {
        return labelsBySample.getOrDefault(name, Set.of());
    }

    /** The values of one label, whatever the sample. */
    List<String> valuesOf(String label) {
        List<String> values = new ArrayList<>();
        for (String series : samples.keySet()) {
            Matcher labels = LABEL.matcher(series.substring(series.indexOf('{') + 1));
            while (labels.find()) {
                if (labels.group(1).equals(label)) {
                    values.add(labels.group(2));
                }
            }
        }
        return values;
    }

    /** A sample's value, its labels in the order in which they are written: {@code tocsin_clocks{clock="x",state="met"}}. */
    double value(String series) {
        Double value = samples.get(series);
        require(value != null, "there is no such series", series);
        return value;
    }

    boolean has(String series) {
        return samples.containsKey(series);
    }

    String help(String family) {
        return families.get(family).help;
    }

    Set<String> familyNames() {
        return families.keySet();
    }

    private static void meta(Family family, String what, String value, String line) {
        switch (what) {
            case "TYPE" -> {
                require(family.type.isEmpty() && SUFFIXES.containsKey(value), "a type that is wrong", line);
                family.type = value;
            }
            case "UNIT" -> {
                require(
                        family.unit.isEmpty() && family.name.endsWith("_" + value),
                        "a unit that is not in the name",
                        line);
                family.unit = value;
            }
            default -> {
                require(family.help.isEmpty(), "a second help", line);
                family.help = value;
            }
        }
    }

    private void sample(Family family, String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), "neither a sample nor metadata", line);
        String name = sample.group(1);
        require(name.startsWith(family.name), "a sample of another family", line);
        String suffix = name.substring(family.name.length());
        require(SUFFIXES.getOrDefault(family.type, Set.of()).contains(suffix), "a suffix its type has not", line);
        Set<String> names = new LinkedHashSet<>();
        String labels = sample.group(2) == null ? "" : sample.group(2);
        Matcher label = LABEL.matcher(labels);
        int end = 0;
        while (end < labels.length() && label.find(end) && label.start() == end) {
            require(names.add(label.group(1)), "a label twice", line);
            end = label.end();
        }
        require(end == labels.length() && !labels.endsWith(","), "labels that are wrong", line);
        String series = labels.isEmpty() ? name : name + "{" + labels + "}";
        double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
        require(samples.put(series, value) == null, "a series twice", line);
        require(!suffix.equals("_total") || value >= 0, "a counter below 0", line);
        labelsBySample.computeIfAbsent(name, none -> new LinkedHashSet<>()).addAll(names);
        family.hasSamples = true;
    }

    private void check(Family family) {
        require(!family.type.isEmpty() && !family.help.isEmpty(), "a family without type or help", family.name);
        if (family.type.equals("histogram")) {
            double last = 0;
            String most = "";
            for (Map.Entry<String, Double> sample : samples.entrySet()) {
                if (sample.getKey().startsWith(family.name + "_bucket{")) {
                    require(sample.getValue() >= last, "a bucket with less than the one before", sample.getKey());
                    last = sample.getValue();
                    most = sample.getKey();
                }
            }
            require(most.contains("le=\"+Inf\""), "the last bucket is not all", family.name);
            require(last == value(family.name + "_count"), "all is not the count", family.name);
        }
    }

    private static void require(boolean holds, String what, String where) {
        if (!holds) {
            throw new AssertionError("no OpenMetrics: " + what + ": " + where);
        }
    }
}
