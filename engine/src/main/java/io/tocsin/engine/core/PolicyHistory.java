package io.tocsin.engine.core;

import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.rules.Rulebook;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.Attributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The policies since the journal began, as texts: each of them gave numbers to clocks, warnings and targets that tickets
 * still refer to, so that a snapshot has them all and they are read again in order. The core's thread; off the hot path.
 */
final class PolicyHistory {
    private final PolicyReader reader;
    private final Registry registry;
    private final Attributes attributes;
    private final List<String> texts = new ArrayList<>();
    private boolean complete = true;

    PolicyHistory(PolicyReader reader, Registry registry, Attributes attributes) {
        this.reader = reader;
        this.registry = registry;
        this.attributes = attributes;
    }

    /** The rulebook of a policy file that came as a record. */
    Rulebook add(String text) {
        Rulebook rules = compile(reader.read(text));
        texts.add(text);
        return rules;
    }

    /** The rulebook of policies without a text, after which there can be no snapshot any more. */
    Rulebook addWithoutText(PolicySet policies) {
        complete = false;
        return compile(policies);
    }

    /** The texts, in the order in which they came into force. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    /** @throws IllegalStateException if there were policies without a text */
    void save(SnapshotWriter out) {
        if (!complete) {
            throw new IllegalStateException("policies were put into force that did not come as a record, so that a"
                    + " snapshot could not be read again; apply a policy record instead");
        }
        out.number(texts.size());
        texts.forEach(out::text);
        out.number(registry.clockCount());
        out.number(registry.warningCount());
        out.number(registry.targetCount());
    }

    /**
     * Reads all policies again, in order.
     *
     * @param none in force when there were none
     * @return the last one's rulebook
     */
    Rulebook load(SnapshotReader in, Rulebook none) {
        Rulebook rules = none;
        int count = in.upTo(Integer.MAX_VALUE);
        for (int i = 1; i <= count; i++) {
            String text = in.text();
            try {
                rules = add(text);
            } catch (IllegalArgumentException e) {
                throw in.damaged("policy " + i + " of " + count + " cannot be read by this build: " + e.getMessage());
            }
        }
        same("clocks", registry.clockCount(), in);
        same("warnings", registry.warningCount(), in);
        same("targets", registry.targetCount(), in);
        return rules;
    }

    /** Numbers would mean something else if this build read a policy in another way. */
    private static void same(String what, int count, SnapshotReader in) {
        long saved = in.number();
        if (saved != count) {
            throw in.damaged("its policies have " + count + " " + what + " as this build reads them, and had " + saved);
        }
    }

    private Rulebook compile(PolicySet policies) {
        return new Rulebook(policies, registry, attributes);
    }
}
