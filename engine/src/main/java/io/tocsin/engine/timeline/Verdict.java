package io.tocsin.engine.timeline;

import io.tocsin.engine.view.CycleFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a cycle was held to until something changed that.
 *
 * @param untilNs when the engine was told of the change
 * @param promise the target until then, or null if there was none
 * @param dueNs when it was due under it; {@link io.tocsin.engine.view.ClockView#NONE} while paused
 * @param breached whether a breach stood announced
 * @param cause what changed it
 */
public record Verdict(long untilNs, CycleFacts.@Nullable Promise promise, long dueNs, boolean breached, Cause cause) {}
