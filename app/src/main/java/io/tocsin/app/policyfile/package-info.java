/**
 * The policy file: YAML text in, a {@link io.tocsin.engine.policy.PolicySet} or every mistake of the text out.
 *
 * <p>One small reader a section turns {@link io.tocsin.app.yaml.Value}s into the engine's records, and reads on after a
 * mistake. Everything here runs on the calling thread, off the hot path, and holds no state between two texts.
 */
package io.tocsin.app.policyfile;
