/**
 * YAML texts that people write, read so that each mistake can be told with its path, line and column.
 *
 * <p>The text becomes a tree of nodes that remember their line and column and in which every scalar is plain text, so that
 * {@code no}, {@code 22:00} and {@code 2026-10-10} mean what they look like. A {@link io.tocsin.app.yaml.Value} is a node
 * with its path; a reader of a room that knows a file's meaning asks it for the shape it expects. A reader that meets a
 * mistake reports it to {@link io.tocsin.app.yaml.Problems} and reads on with what is left, because nothing is used once a
 * single problem was reported. Everything here runs on the calling thread, off the hot path, and holds no state between
 * two texts.
 */
package io.tocsin.app.yaml;
