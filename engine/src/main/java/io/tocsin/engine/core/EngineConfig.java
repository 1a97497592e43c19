package io.tocsin.engine.core;

/**
 * What an engine is made with. Part of what decides its state: a replay needs the same.
 *
 * @param rememberedIds how many idempotency keys are remembered, 1 to 100,000,000
 */
public record EngineConfig(int rememberedIds) {
    /** A million idempotency keys, as the contract has it. */
    public static final EngineConfig DEFAULT = new EngineConfig(1_000_000);
}
