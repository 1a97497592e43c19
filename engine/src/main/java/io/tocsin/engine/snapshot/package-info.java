/**
 * A snapshot: everything the engine knows at one place in the journal, as bytes that no memory layout shows in. The stores
 * write and read themselves through a {@link io.tocsin.engine.snapshot.SnapshotWriter} and a
 * {@link io.tocsin.engine.snapshot.SnapshotReader}; files are another module's, behind
 * {@link io.tocsin.engine.snapshot.SnapshotSink} and {@link io.tocsin.engine.snapshot.SnapshotSource}.
 *
 * <pre>
 *   header     magic (8) | version (4) | remembered ids (4) | position (8) | checksum (4)
 *   block      length (4) | checksum (4) | values, 1 to 262,144 bytes
 *   ...
 *   end        0 (4) | checksum (4); nothing may follow
 *
 *   values     fixed     8 bytes: instants, hashes
 *              number    zigzag varint, 1 to 10 bytes: counts, references, codes, durations
 *              bytes     length as a number, then at most 65,536 bytes in the same block
 *              text      length as a number, then UTF-8, over as many blocks as it takes
 *
 *   sections   each begins with its code as a number, in the order of
 *              {@link io.tocsin.engine.snapshot.SnapshotSection}; what is in one stands where it is written:
 *              in the {@code save} and {@code load} of each store
 * </pre>
 *
 * <p>All is little-endian. A checksum is the CRC-32C of its header or block with the checksum before it in its own place
 * (0 in the header), so that a flipped byte is noticed, and a block that is missing, out of place or of another snapshot.
 * Nothing of a block is given out before its checksum is verified. Numbers, fixed values and bytes never run over a
 * block's end.
 *
 * <p>Version 1 stays readable for ever. It has no instants of what happened to tickets, only how often: what is known of
 * them is derived ({@link io.tocsin.engine.ticket.MomentStore#derive}), the rest counts over everything and in no window.
 * Version 2 has them. What it says of the engine besides its structure is part of it too: the codes of
 * enums, the hashes of ids and fingerprints, and that policies are read again in order, which numbers clocks, warnings and
 * targets as they were.
 */
package io.tocsin.engine.snapshot;
