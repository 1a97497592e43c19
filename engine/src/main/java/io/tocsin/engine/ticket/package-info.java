/**
 * Every ticket in memory: its id, status, attributes and figures of its own.
 *
 * <p>A ticket is a slot, a small int that is used again after the ticket is forgotten; its number, the first-seen order,
 * is not. Written and read by the core's thread only; in steady state nothing is allocated.
 */
package io.tocsin.engine.ticket;
