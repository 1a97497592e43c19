/**
 * The policy file: YAML text in, a {@link io.tocsin.engine.policy.PolicySet} or every mistake of the text out.
 *
 * <p>The text becomes a tree of {@link io.tocsin.app.policyfile.YamlNode}s that remember their line and column and in
 * which every scalar is plain text, so that {@code no}, {@code 22:00} and {@code 2026-10-10} mean what they look like. A
 * {@link io.tocsin.app.policyfile.Value} is a node with its path; one small reader a section turns values into the
 * engine's records. A reader that meets a mistake reports it and reads on with what is left, because nothing is used
 * once a single problem was reported. Everything here runs on the calling thread, off the hot path, and holds no state
 * between two texts.
 */
package io.tocsin.app.policyfile;
