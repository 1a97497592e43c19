/**
 * What goes into the engine: one record of bytes per event.
 *
 * <p>The edge (HTTP, files) parses and validates, then encodes an {@link io.tocsin.engine.event.EventRecord}. The same
 * bytes travel through the ring, into the journal and into the core, so that nothing is translated twice and a replay
 * reads exactly what was applied live. Written by the edge's threads, stamped once by the core's thread, read by the
 * core and by journal tools. Nothing here allocates after construction.
 */
package io.tocsin.engine.event;
