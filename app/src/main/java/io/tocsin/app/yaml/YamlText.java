package io.tocsin.app.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads YAML texts of people. The value is empty, with a problem reported, if the text is not one readable document; it
 * {@linkplain Value#isNothing is nothing} if the text says nothing. Never throws because of what a text says, and the time
 * taken and the memory used are bounded. Pure functions for any thread; {@code kind} is what messages call the text, such
 * as {@code policy file}.
 */
public final class YamlText {
    /** The largest text, in bytes of UTF-8: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    private YamlText() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     */
    public static Optional<Value> read(Path file, String kind, Problems problems) throws IOException {
        // Not by the file's size, which a pipe does not have.
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in.readNBytes(MAX_BYTES + 1), kind, problems);
        }
    }

    /** Reads a text that should be UTF-8. */
    public static Optional<Value> parse(byte[] utf8, String kind, Problems problems) {
        if (utf8.length > MAX_BYTES) {
            return tooLarge(kind, problems);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer out = CharBuffer.allocate(utf8.length);
        CoderResult end = decoder.decode(in, out, true);
        out.flip();
        if (end.isError()) {
            int wrongByte = utf8[in.position()] & 0xff;
            String message = String.format("the byte 0x%02X is not UTF-8; save the file as UTF-8", wrongByte);
            problems.error(Value.ROOT_PATH, Position.after(out), message);
            return Optional.empty();
        }
        return parseDecoded(out.toString(), kind, problems);
    }

    /** Reads a text. */
    public static Optional<Value> parse(String text, String kind, Problems problems) {
        // No character takes less than a byte, so a text this long need not be encoded to be refused.
        boolean tooLarge = text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
        return tooLarge ? tooLarge(kind, problems) : parseDecoded(text, kind, problems);
    }

    private static Optional<Value> parseDecoded(String text, String kind, Problems problems) {
        return YamlParser.parse(text, kind, problems).map(node -> Value.root(node, problems));
    }

    private static Optional<Value> tooLarge(String kind, Problems problems) {
        String message = "the file is too large, a " + kind + " has at most " + MAX_BYTES + " bytes";
        problems.error(Value.ROOT_PATH, Position.START, message);
        return Optional.empty();
    }
}
