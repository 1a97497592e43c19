package io.tocsin.engine.pipeline;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** Ends an agent's thread at its first failure: state that may be half changed is not worked on. */
record StopOnFailure(Agent agent) implements Agent {
    @Override
    public int doWork() throws Exception {
        try {
            return agent.doWork();
        } catch (Exception | Error e) {
            throw new AgentTerminationException(e);
        }
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }
}
