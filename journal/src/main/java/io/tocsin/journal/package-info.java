/**
 * What Tocsin keeps on disk: the records it accepted and the alerts it raised, each in a Chronicle Queue of its own under
 * one data folder.
 *
 * <pre>
 *   DIR/lock      held by the one process that writes              DataFolder
 *   DIR/format    "tocsin data format 1"                           DataFolder
 *   DIR/engine    "remembered_ids: 1000000"                        EngineFile
 *   DIR/events/   one document per batch of records, a file a day  ChronicleEventJournal
 *   DIR/alerts/   one document per alert, a file a day             ChronicleAlertJournal
 *
 *   CoreAgent ---- append, append, commit ----> events --- replay, at start-up or in another process
 *   EgressAgent -- append -------------------> alerts --- read, awaitAfter: any thread
 * </pre>
 *
 * <p>A document is put together in memory and copied to the mapped file in one go, so that Chronicle's write lock is held
 * for a copy only and a process that dies between two commits leaves nothing half done. One that dies during the copy
 * leaves a document without a header: readers do not see it, and the next append overwrites it.
 *
 * <pre>
 *   every document
 *   0         1                   4                   8
 *  +---------+-------------------+-------------------+-----------------
 *  | version | 0                 | checksum          | body ...
 *  +---------+-------------------+-------------------+-----------------
 *                                  CRC-32C of the body
 *
 *   body of a batch of records                                       offset in the document
 *  +---------------------------------------+
 *  | position of the first record          |  8
 *  +-------------------+-------------------+
 *  | record count      | 0                 | 16
 *  +-------------------+-------------------+
 *  | record | record | ...                 | 24   each with its length at offset 4, see EventRecord
 *
 *   body of an alert
 *  +---------------------------------------+
 *  | alert                                 |  8   see AlertRecord
 * </pre>
 *
 * Little-endian. A record's position counts from 0 without gaps, so a missing file, a lost batch and a changed byte are all
 * noticed on reading, and named.
 *
 * <p>Durability is the page cache's: what was committed survives the death of the process, not the loss of power. Nothing is
 * allocated per append once the buffers have grown; a new file or a new block of a file allocates a little. A full disk
 * is refused by a check ahead of the write, since a write to a mapped file that has no room left would kill the process.
 */
package io.tocsin.journal;
