package io.tocsin.app.serve;

import io.tocsin.http.ServerConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server runs with.
 *
 * @param policy the policy file; null to go on with the policy of the data folder
 * @param data the data folder
 * @param http how the HTTP server behaves
 * @param idle what the engine's threads do while there is nothing to do
 * @param eventSlots slots of the ring of events, a power of two
 * @param rememberedIds how many idempotency keys are remembered
 */
record ServeConfig(@Nullable Path policy, Path data, ServerConfig http, Idle idle, int eventSlots, int rememberedIds) {
    /** What holds unless something else is said. */
    static final ServeConfig DEFAULT =
            new ServeConfig(null, Path.of("data"), ServerConfig.defaults(), Idle.BALANCED, 1 << 14, 1_000_000);

    ServeConfig withPolicy(Path newPolicy) {
        return new ServeConfig(newPolicy, data, http, idle, eventSlots, rememberedIds);
    }

    ServeConfig withData(Path newData) {
        return new ServeConfig(policy, newData, http, idle, eventSlots, rememberedIds);
    }

    ServeConfig withHttp(ServerConfig newHttp) {
        return new ServeConfig(policy, data, newHttp, idle, eventSlots, rememberedIds);
    }
}
