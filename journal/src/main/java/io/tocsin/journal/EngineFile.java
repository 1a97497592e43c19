package io.tocsin.journal;

import io.tocsin.engine.core.EngineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code engine} of a data folder: what the engine was made with when the folder was new. Written once. A folder
 * without it is from before there was a choice.
 */
final class EngineFile {
    private static final String NAME = "engine";
    private static final String KEY = "remembered_ids: ";
    private static final Pattern LINE = Pattern.compile(KEY + "(\\d{1,9})\\s*");
    private static final int MOST_REMEMBERED = 100_000_000;

    private EngineFile() {}

    static void write(Path folder, EngineConfig config) throws IOException {
        Texts.write(folder, NAME, KEY + config.rememberedIds() + "\n");
    }

    static EngineConfig read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return EngineConfig.DEFAULT;
        }
        try {
            return parse(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    private static EngineConfig parse(Path file, String text) {
        Matcher line = LINE.matcher(text);
        int rememberedIds = line.matches() ? Integer.parseInt(line.group(1)) : 0;
        if (rememberedIds < 1 || rememberedIds > MOST_REMEMBERED) {
            throw new IllegalStateException(file + " says \"" + text.strip() + "\", expected \"" + KEY
                    + "N\" with N from 1 to " + MOST_REMEMBERED + ": put back the file that the folder was made with");
        }
        return new EngineConfig(rememberedIds);
    }
}
