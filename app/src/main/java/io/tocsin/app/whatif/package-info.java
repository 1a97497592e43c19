/**
 * {@code tocsin whatif}: the same events under another policy, and what that changes.
 *
 * <pre>
 *   Comparison    two engines, one pass over the events
 *     Lives       brings the two fates of a ticket together
 *       CycleFate   what became of one cycle under one policy
 *       Flip        a cycle with two outcomes
 *     Difference  figures of one clock and group, old and new
 *   WhatIfText, WhatIfJson, FlipJson   show it
 * </pre>
 *
 * The engines are those of a server, so that what is said here is what would have happened; nothing is estimated.
 */
package io.tocsin.app.whatif;
