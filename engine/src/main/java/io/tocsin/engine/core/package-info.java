/**
 * The deterministic state machine: stamped events in, alerts out.
 *
 * <pre>
 *   Engine      finds the ticket, merges attributes, moves the status, keeps time and timers
 *     Clocks      moves the clocks of the ticket, measures them, arms what comes next
 *       Thresholds  which warning, breach or escalation comes next
 *       Announcer   says it, and takes back what proved wrong
 *     Customers   which tickets are of one customer, who came again
 *     Objectives  what figures must come to, looked at every ten seconds
 *   EngineViews answers questions; StatsSearch, DueSearch and ForecastSearch large ones, in slices
 *   EngineSnapshot  writes everything it knows, and brings a new one to where this one was
 * </pre>
 *
 * <p>No clock, no I/O, no randomness, no hash order: the same records give the same alerts and the same state hash, on
 * any machine. One thread; in steady state nothing is allocated.
 */
package io.tocsin.engine.core;
