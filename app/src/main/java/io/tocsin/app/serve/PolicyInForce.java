package io.tocsin.app.serve;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;

/** Reads the policies that come as records and remembers the last: the one in force. Written by the engine's thread. */
final class PolicyInForce implements PolicyReader {
    private final PolicyFile reader = new PolicyFile();
    private volatile String text = "";

    @Override
    public PolicySet read(String newText) {
        PolicySet policies = reader.read(newText);
        text = newText;
        return policies;
    }

    /** The text of the policy in force, empty before the first. Any thread. */
    String text() {
        return text;
    }
}
