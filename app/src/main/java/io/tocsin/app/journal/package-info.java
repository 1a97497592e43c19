/**
 * {@code tocsin journal} and {@code tocsin state-hash}: what a data folder holds, said without a server.
 *
 * <p>{@link io.tocsin.app.journal.Entries} are the records of one journal as they can be printed: {@code dump} prints a
 * stretch of them, {@code tail} the last. {@code verify} looks through one {@link io.tocsin.app.journal.Part} after the
 * other. {@link io.tocsin.app.journal.FolderState} is what the records come to. Nothing here takes the folder's lock or
 * writes to it.
 */
package io.tocsin.app.journal;
