package io.tocsin.app.whatif;

import io.tocsin.engine.core.Engine;
import io.tocsin.engine.view.TicketFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings together what two engines know of each ticket. A ticket is compared as soon as both have forgotten it, so that what
 * is kept of the past stays small; the rest at the end. One that one engine has forgotten and the other has not waits. One
 * thread.
 */
final class Lives {
    private final Engine before;
    private final Engine after;
    private final Consumer consumer;
    private final Map<String, Pair> forgotten = new HashMap<>();

    /** Takes a ticket. */
    @FunctionalInterface
    interface Consumer {
        /** All its lives under the old policy and under the new one that were not handed over before. */
        void accept(List<TicketFacts> before, List<TicketFacts> after);
    }

    private record Pair(List<TicketFacts> before, List<TicketFacts> after) {
        static Pair empty(String ticket) {
            return new Pair(new ArrayList<>(), new ArrayList<>());
        }
    }

    Lives(Engine before, Engine after, Consumer consumer) {
        this.before = before;
        this.after = after;
        this.consumer = consumer;
        before.onForget(slot -> onForgetBefore(before.views().factsAt(slot)));
        after.onForget(slot -> onForgetAfter(after.views().factsAt(slot)));
    }

    /** Hands over what is left. */
    void finish() {
        before.views().forEachFacts(facts -> pair(facts).before.add(facts));
        after.views().forEachFacts(facts -> pair(facts).after.add(facts));
        forgotten.values().forEach(pair -> consumer.accept(pair.before, pair.after));
        forgotten.clear();
    }

    private void onForgetBefore(TicketFacts facts) {
        Pair pair = pair(facts);
        pair.before.add(facts);
        if (!pair.after.isEmpty()) {
            handOver(facts, pair, after);
        }
    }

    private void onForgetAfter(TicketFacts facts) {
        Pair pair = pair(facts);
        pair.after.add(facts);
        if (!pair.before.isEmpty()) {
            handOver(facts, pair, before);
        }
    }

    private void handOver(TicketFacts facts, Pair pair, Engine other) {
        String ticket = facts.ticket().ticket();
        if (other.views().ticket(ticket).isEmpty()) {
            forgotten.remove(ticket);
            consumer.accept(pair.before, pair.after);
        }
    }

    private Pair pair(TicketFacts facts) {
        return forgotten.computeIfAbsent(facts.ticket().ticket(), Pair::empty);
    }
}
