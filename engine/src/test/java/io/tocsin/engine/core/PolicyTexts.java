package io.tocsin.engine.core;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import java.util.ArrayList;
import java.util.List;

/** Policies of tests that come as records: a text is the place in which a policy file stands here. */
final class PolicyTexts implements PolicyReader {
    private final List<PolicySet> files = new ArrayList<>();

    @Override
    public PolicySet read(String text) {
        return files.get(Integer.parseInt(text.substring("file ".length())));
    }

    /** A stamped record of a policy file. */
    EventRecord record(PolicySet policies, long arrivalNs) {
        if (!files.contains(policies)) {
            files.add(policies);
        }
        EventRecordWriter writer = new EventRecordWriter().policy("file " + files.indexOf(policies));
        EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
        record.stamp(arrivalNs);
        return record;
    }
}
