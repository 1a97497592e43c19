package io.tocsin.http;

import io.tocsin.http.wallboard.BoardPolicy;
import java.util.List;

/** Port: the policy in force, and how it is replaced. Any thread. The app brings the file format. */
public interface PolicyDesk extends BoardPolicy {
    /** The text of the policy in force, as it was handed in; empty before the first. */
    String text();

    /**
     * Checks a text and, if nothing is wrong with it, journals it and waits until it is in force.
     *
     * @return every mistake of the text; none when it is in force
     * @throws IllegalStateException when the engine has stopped or did not come to it in time
     */
    List<Mistake> replace(byte[] utf8) throws InterruptedException;

    /**
     * A mistake in a policy file.
     *
     * @param path where in the file's structure, such as {@code policies[2].targets}
     * @param line from 1
     * @param column from 1
     * @param detail what was wrong, and what would be right
     */
    record Mistake(String path, int line, int column, String detail) {}
}
