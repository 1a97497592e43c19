/**
 * What the engine says: one self-contained record of bytes per alert.
 *
 * <p>The core writes an {@link io.tocsin.engine.alert.AlertRecord} into a buffer of its own and hands it to an
 * {@link io.tocsin.engine.alert.AlertSink}; the pipeline copies it into the ring of outcomes, the egress into the alert
 * journal, readers turn it into JSON. It carries every text it needs, so that nobody who reads it touches the core.
 * Written by the core's thread, read by anyone who owns a copy; nothing here allocates after construction.
 */
package io.tocsin.engine.alert;
