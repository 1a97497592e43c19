package io.tocsin.engine.timer;

/** One call of a handler, as a test saw it. */
record Firing(int timer, long deadlineNs) {}
