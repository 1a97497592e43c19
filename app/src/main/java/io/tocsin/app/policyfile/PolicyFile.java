package io.tocsin.app.policyfile;

import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads policy files, version 1. The {@code check} methods find every mistake of a text and never throw because of what
 * it says; {@link #read} is the engine's port for texts that were checked before. Holds no state: any thread may call
 * anything. The time taken and the memory used are bounded by {@link #MAX_BYTES}, whatever the text says.
 */
public final class PolicyFile implements PolicyReader {
    /** The largest policy file, in bytes of UTF-8: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    /**
     * Checks a file.
     *
     * @throws IOException if it cannot be read
     */
    public static PolicyResult check(Path file) throws IOException {
        return check(bytes(file), Today.NONE);
    }

    /**
     * Checks a file on a date: warns of dates in the past as well, and counts what a calendar opens from then on.
     *
     * @throws IOException if it cannot be read
     */
    public static PolicyResult check(Path file, Instant now) throws IOException {
        return check(bytes(file), new Today(now));
    }

    private static byte[] bytes(Path file) throws IOException {
        // Not by the file's size, which a pipe does not have.
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    /** Checks a text as it came over the wire, in UTF-8. */
    public static PolicyResult check(byte[] utf8) {
        return check(utf8, Today.NONE);
    }

    private static PolicyResult check(byte[] utf8, Today today) {
        if (utf8.length > MAX_BYTES) {
            return tooLarge();
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
            return invalid(Position.after(out), message);
        }
        return checkText(out.toString(), today);
    }

    /** Checks a text. */
    public static PolicyResult check(String text) {
        return check(text, Today.NONE);
    }

    static PolicyResult check(String text, Today today) {
        // No character takes less than a byte, so a text this long need not be encoded to be refused.
        boolean tooLarge = text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
        return tooLarge ? tooLarge() : checkText(text, today);
    }

    private static PolicyResult checkText(String text, Today today) {
        Problems problems = new Problems();
        Optional<PolicySet> policySet = YamlParser.parse(text, problems)
                .flatMap(root -> new PolicySetReader(today).read(Value.root(root, problems)));
        List<Problem> errors = problems.errors();
        return errors.isEmpty()
                ? new PolicyResult.Valid(policySet.orElseThrow(), problems.warnings())
                : new PolicyResult.Invalid(errors);
    }

    private static PolicyResult tooLarge() {
        return invalid(Position.START, "the file is too large, a policy file has at most " + MAX_BYTES + " bytes");
    }

    private static PolicyResult invalid(Position at, String message) {
        return new PolicyResult.Invalid(List.of(new Problem(Value.ROOT_PATH, at.line(), at.column(), message)));
    }

    /** Reads a text that is expected to be valid; the exception's message lists every mistake, one a line. */
    @Override
    public PolicySet read(String text) {
        PolicyResult result = check(text);
        if (result instanceof PolicyResult.Invalid invalid) {
            throw new IllegalArgumentException(
                    invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return ((PolicyResult.Valid) result).policySet();
    }
}
