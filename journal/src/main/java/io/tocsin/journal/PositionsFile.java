package io.tocsin.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A small file of a data folder that lists positions, one a line, in ascending order; it need not exist. Any thread. */
final class PositionsFile {
    private static final Pattern LINE = Pattern.compile("\\d{1,18}");

    private final Path folder;
    private final String name;

    PositionsFile(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** @throws IllegalStateException if it says something else */
    SortedSet<Long> read() {
        Path file = folder.resolve(name);
        SortedSet<Long> positions = new TreeSet<>();
        for (String line : lines(file)) {
            if (!LINE.matcher(line).matches()) {
                throw new IllegalStateException(file + " says \"" + line
                        + "\", expected a position a line: correct it, or put it back from a copy");
            }
            positions.add(Long.parseLong(line));
        }
        return positions;
    }

    void write(Collection<Long> positions) {
        String text = positions.stream().map(position -> position + "\n").collect(Collectors.joining());
        try {
            Texts.write(folder, name, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(name) + ": " + Texts.reason(e), e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).lines().toList() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + Texts.reason(e), e);
        }
    }
}
