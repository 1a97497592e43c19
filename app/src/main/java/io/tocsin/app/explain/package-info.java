/**
 * {@code tocsin policy explain}: what a policy file promises to a ticket, and when.
 *
 * <p>A {@link io.tocsin.app.explain.Trial} puts the ticket into an engine of its own and lets every timer run out, so that
 * what is said here is what the product does; an {@link io.tocsin.app.explain.Explanation} is what came of it, and
 * {@link io.tocsin.app.explain.ExplanationText} and {@link io.tocsin.app.explain.ExplanationJson} show it.
 */
package io.tocsin.app.explain;
