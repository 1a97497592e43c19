package io.tocsin.app.policyfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The policy that a server runs on when it is given none: {@code examples/policies/call-centre.yaml}. */
public final class BuiltInPolicy {
    private static final String RESOURCE = "call-centre.yaml";

    private BuiltInPolicy() {}

    /**
     * Its text, for {@link PolicyFile}. Any thread.
     *
     * @throws IllegalStateException if the build left it out
     */
    public static String text() {
        try (InputStream in = BuiltInPolicy.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the built-in policy " + RESOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
