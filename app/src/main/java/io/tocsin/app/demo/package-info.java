/**
 * A call centre that does not exist: what {@code serve --demo} shows.
 *
 * <p>{@link io.tocsin.app.demo.DemoTraffic} draws tickets from a seed, writes each one's whole life in advance
 * ({@code TicketScript}) and plays the lives against the time it is given. {@code Load} makes the teams slow in waves, so
 * that promises are broken. Nothing here knows a policy or asks for the time; one thread uses it; it allocates freely.
 */
package io.tocsin.app.demo;
