/**
 * What is promised to whom: the policy file as values, without a file format.
 *
 * <p>The app reads YAML into a {@link io.tocsin.engine.policy.PolicySet}; everything here is immutable, checked on
 * construction as far as a single value can be, and read by the core when a policy comes into force. Off the hot path.
 */
package io.tocsin.engine.policy;
