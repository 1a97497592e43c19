/**
 * What a process needs in which one engine is compared: the stream of events, the meter, the set of alerts. It depends on
 * nothing but the JDK, so that each peer has a class path of its own with nothing of Tocsin's on it but these few classes.
 */
package io.tocsin.benchmarks.peer;
