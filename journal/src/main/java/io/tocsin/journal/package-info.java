/**
 * What Tocsin keeps on disk: the records it accepted and the alerts it raised, each in Chronicle queues under one data
 * folder, and snapshots of what the engine made of them.
 *
 * <pre>
 *   DIR/lock            held by the one process that writes                DataFolder
 *   DIR/format          "tocsin data format 3"                             DataFolder
 *   DIR/engine          "remembered_ids: 1000000"                          EngineFile
 *   DIR/events/N/       one queue a run of the server: a document per      ChronicleEventJournal
 *                       batch of records, a file a day
 *   DIR/alerts/N/       the same: a document per alert                     ChronicleAlertJournal
 *   DIR/snapshots/      one file each, named by its position               SnapshotFolder
 *   DIR/skipped         positions that replays skip, one a line            DataFolder.skip
 *   DIR/given_up        the first position that was not given up           ChronicleEventJournal.giveUpBefore
 *
 *   CoreAgent ---- append, append, commit ----> events --- replay, at start-up or in another process
 *   PageToucher -- pages ahead of the core's --> events
 *   EgressAgent -- append -------------------> alerts --- read, awaitAfter: any thread
 * </pre>
 *
 * <p>Chronicle writes and nothing else. Each run of a server begins a queue of its own, so that Chronicle never goes on in a
 * file that a dead process or a failing disk has left; and reading is {@link io.tocsin.journal.QueueFile}'s, which believes
 * only what it can check. A folder of format 1, where all runs wrote one queue, is read as if that were the first run's. In
 * format 2 no event overtakes timers, see {@link io.tocsin.engine.event.EventRecord#isBehind()}.
 *
 * <p>A document is put together in memory and copied to the mapped file in one go, so that a process that dies between two
 * commits leaves nothing half done. One that dies during the copy leaves bytes without the word before them that makes them
 * a document: readers do not see it, and the next run begins another file.
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
 * Little-endian. A record's position and an alert's number count without gaps, so that what is missing is noticed:
 *
 * <ul>
 *   <li>A document that was not finished, the last of its file: as if it had never been sent.
 *   <li>A changed or lost byte of a document; a file that ends before the document that its header knows as the last; a
 *       header that is not one; a missing file: reading is refused, in one line that names the file, the byte, the position,
 *       what is wrong and what can be done. So is opening, when it is the end of the journal.
 *   <li>A changed byte of what Chronicle notes to find its way: if reading does not need it, nothing; it reads what was
 *       written, only more slowly. Where it could hide something, reading is refused.
 *   <li>A position that somebody has decided to skip: of the damage there, or of that one record, nothing is read.
 * </ul>
 *
 * Nothing is ever dropped without being told to.
 *
 * <p>Durability: what was committed survives the death of the process, as the page cache does; what was forced survives the
 * loss of power. Nothing is allocated per append once the buffers have grown; a new file or a new block of a file allocates
 * a little. A full disk is refused by a check ahead of the write, since a write to a mapped file that has no room left would
 * kill the process; snapshots leave the journals their reserve.
 */
package io.tocsin.journal;
