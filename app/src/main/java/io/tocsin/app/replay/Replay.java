package io.tocsin.app.replay;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.policy.PolicySet;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a source's records through an engine of its own. One thread. */
final class Replay {
    /** Engine time before the first record: nothing accepted is earlier. */
    private static final long BEGINNING_NS = 0;

    private final Source source;
    private final Outputs outputs;
    private final Engine engine;

    /** A replay under a policy, or under the source's own when there is none. */
    Replay(Source source, @Nullable PolicySet policies, Outputs outputs) {
        this.source = source;
        this.outputs = outputs;
        engine = new Engine(source.engineConfig(), new PolicyFile(), outputs::onAlert);
        if (outputs.wantsTickets()) {
            engine.onForget(ticket -> outputs.onForget(engine.views().ticketAt(ticket)));
        }
        if (policies != null) {
            engine.use(policies, BEGINNING_NS);
        }
    }

    /** Applies every record, then moves time on as asked, then writes the outputs. */
    EngineViews run(Until until, List<String> by) throws IOException {
        source.forEach(new Source.RecordConsumer() {
            @Override
            public void expect(EventRecord record) {
                engine.expect(record);
            }

            @Override
            public void accept(EventRecord record) {
                engine.apply(record);
            }
        });
        until.moveOn(engine);
        outputs.finish(engine.views(), by);
        return engine.views();
    }
}
