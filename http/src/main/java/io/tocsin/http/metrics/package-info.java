/**
 * How the server fares, for Prometheus and those who read its formats.
 *
 * <p>Nothing is counted here: each scrape turns views of the engine, made when asked, into families of the Prometheus library
 * ({@link io.tocsin.http.metrics.ServerFamilies}), and the library writes them. Its own collectors would be a second place for
 * every number, written to on the engine's threads. Labels come from the policy and from this code, never from events: no ticket,
 * no agent, no other attribute, so that the number of series is known beforehand.
 */
package io.tocsin.http.metrics;
