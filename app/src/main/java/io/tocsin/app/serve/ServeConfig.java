package io.tocsin.app.serve;

import io.tocsin.http.ServerConfig;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a server runs with.
 *
 * @param policy the policy file; null to go on with the policy of the data folder
 * @param data the data folder
 * @param http how the HTTP server behaves
 * @param engine how the engine behaves
 */
record ServeConfig(@Nullable Path policy, Path data, ServerConfig http, EngineSettings engine) {
    /** What holds unless something else is said. */
    static final ServeConfig DEFAULT =
            new ServeConfig(null, Path.of("data"), ServerConfig.defaults(), EngineSettings.DEFAULT);

    /**
     * How the engine behaves.
     *
     * @param idle what its threads do while there is nothing to do
     * @param eventSlots slots of the ring of events, a power of two
     * @param rememberedIds how many idempotency keys are remembered; empty to leave it as the data folder has it
     */
    record EngineSettings(Idle idle, int eventSlots, OptionalInt rememberedIds) {
        static final EngineSettings DEFAULT = new EngineSettings(Idle.BALANCED, 1 << 14, OptionalInt.empty());
    }

    ServeConfig withPolicy(Path newPolicy) {
        return new ServeConfig(newPolicy, data, http, engine);
    }

    ServeConfig withData(Path newData) {
        return new ServeConfig(policy, newData, http, engine);
    }

    ServeConfig withHttp(ServerConfig newHttp) {
        return new ServeConfig(policy, data, newHttp, engine);
    }

    ServeConfig withEngine(EngineSettings newEngine) {
        return new ServeConfig(policy, data, http, newEngine);
    }
}
