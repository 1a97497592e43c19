package io.tocsin.engine.policy;

/** Port: turns the text of a journaled policy file back into values. The app brings the file format. */
@FunctionalInterface
public interface PolicyReader {
    /**
     * Reads a text that was valid when it was journaled.
     *
     * @throws IllegalArgumentException if it is not valid for this build
     */
    PolicySet read(String text);
}
