/**
 * {@code tocsin replay}: the same engine on one thread, in event time, as fast as it can.
 *
 * <p>A {@link io.tocsin.app.replay.Source} brings stamped records, of a file or of a server's data folder; the
 * {@link io.tocsin.app.replay.Replay} runs them through an engine; {@link io.tocsin.app.replay.Outputs} write what
 * comes out.
 */
package io.tocsin.app.replay;
