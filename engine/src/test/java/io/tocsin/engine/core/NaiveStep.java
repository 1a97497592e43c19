package io.tocsin.engine.core;

import io.tocsin.engine.policy.PolicySet;

/** What both the engine and its twin are told. */
sealed interface NaiveStep {
    /** An event arrives. */
    record Happen(NaiveSla.Event event) implements NaiveStep {}

    /** Another policy file comes into force. */
    record Use(PolicySet policies, long atNs) implements NaiveStep {}

    /** An event arrives and is let in front of what is due, of which so much has come. */
    record Overtake(NaiveSla.Event event, int firedBefore) implements NaiveStep {}

    /** Time moves on. */
    record Advance(long toNs) implements NaiveStep {}
}
