package io.tocsin.app.serve;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.policyfile.PolicyResult;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.http.PolicyDesk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Replaces the policy of a running engine: the file is checked on the caller's thread, then goes through the ring as a
 * record, so that every replay uses it from the same moment on. Any thread.
 */
final class LivePolicyDesk implements PolicyDesk {
    private static final long TIMEOUT_MS = 60_000;

    private final Pipeline pipeline;
    private final PolicyInForce inForce;

    LivePolicyDesk(Pipeline pipeline, PolicyInForce inForce) {
        this.pipeline = pipeline;
        this.inForce = inForce;
    }

    @Override
    public String text() {
        return inForce.text();
    }

    @Override
    public Map<String, String> labels(String policy) {
        return inForce.labels(policy);
    }

    @Override
    public Map<String, Double> goals() {
        return inForce.goals();
    }

    @Override
    public boolean hasFigures() {
        return inForce.hasFigures();
    }

    @Override
    public List<Mistake> replace(byte[] utf8) throws InterruptedException {
        PolicyResult result = PolicyFile.check(utf8);
        if (result instanceof PolicyResult.Invalid invalid) {
            return invalid.problems().stream()
                    .map(problem -> new Mistake(problem.path(), problem.line(), problem.column(), problem.message()))
                    .toList();
        }
        PolicySet policies = ((PolicyResult.Valid) result).policySet();
        Optional<String> refusal = refusalOf(policies);
        if (refusal.isPresent()) {
            return List.of(new Mistake("$", 1, 1, refusal.get() + "; a new data folder begins anew"));
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        inForce.prepare(text, policies);
        offer(text);
        return List.of();
    }

    private void offer(String text) throws InterruptedException {
        EventRecordWriter record = new EventRecordWriter().policy(text);
        long position = pipeline.offer(record.buffer(), 0, record.length());
        if (position == EventGate.FULL) {
            throw new IllegalStateException("the engine is full; try again in a second");
        }
        if (!pipeline.awaitApplied(position, TIMEOUT_MS)) {
            throw new IllegalStateException(
                    "it is journaled but did not come into force within 60 s; look again later");
        }
    }

    private Optional<String> refusalOf(PolicySet policies) throws InterruptedException {
        try {
            return pipeline.refusalOf(policies).get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the engine has stopped", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the engine has not answered within 60 s", e);
        }
    }
}
