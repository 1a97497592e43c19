package io.tocsin.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Reads one file of a Chronicle queue, document by document, without Chronicle: its own reader takes a damaged header or
 * index for what it says, and may then read other bytes, wait, stop early or map what is not there. Here only that is
 * believed which can be checked.
 *
 * <pre>
 *   0       header: word | constants, and         every document
 *             offset of the last document   64
 *             offset of the table          152     0                    4
 *   200     table: word | offsets of lists        +--------------------+---------------------+
 *           list:  word | offset of every         | word               | content, padded     |
 *             256th document                      +--------------------+---------------------+
 *           documents, and more lists               bits 0-29 length, 30 no data, 31 incomplete
 * </pre>
 *
 * Little-endian. A document gets its word when all of it is there, and only then the header its offset: so a word of zero
 * is the end so far, and one before that offset is damage that hides documents. The file may be written meanwhile, by this
 * process or another. One thread; nothing is allocated once it is open, apart from errors.
 */
final class QueueFile implements AutoCloseable {
    /** Stands for no document. */
    static final long NONE = -1;

    /** Of each how many documents Chronicle notes the first one's offset. */
    static final int LIST_SPACING = 256;

    private static final int WORD_LENGTH = Integer.BYTES;
    private static final int NO_DATA = 1 << 30;
    private static final int INCOMPLETE = 1 << 31;
    private static final int END_OF_FILE = NO_DATA | INCOMPLETE;
    private static final int LENGTH_MASK = NO_DATA - 1;

    private static final int LAST_DOCUMENT_OFFSET = 64;
    private static final int TABLE_OFFSET = 200;
    private static final int TABLE_USED_OFFSET = TABLE_OFFSET + 32;
    private static final int TABLE_LISTS_OFFSET = TABLE_OFFSET + 40;
    private static final int LIST_CAPACITY = 4_096;
    private static final int LIST_NAME_LENGTH = 12;
    private static final int FIRST_DOCUMENT_OFFSET = 65_808;

    /** From, to: the stretches of a header that are the same in each file. */
    private static final int[] HEADER_CONSTANTS = {0, 64, 80, 152, 160, 176, 184, 200};
    /** Their checksum as Chronicle 2026.4 writes them; a version that writes others needs another one beside it. */
    private static final int HEADER_SUM = 0xc7f585aa;

    private static final int SMALL_READ = 8 << 10;
    private static final int LARGE_READ = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer number = ByteBuffer.allocateDirect(Long.BYTES).order(LITTLE_ENDIAN);
    private ByteBuffer window = ByteBuffer.allocateDirect(SMALL_READ).order(LITTLE_ENDIAN);
    private long windowOffset;
    private int windowLength;
    private int nextRead = SMALL_READ;
    private long knownSize;

    private long next;
    private long last;

    /** @throws IOException if it cannot be opened, for example because it was given up */
    QueueFile(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    Path path() {
        return path;
    }

    /** Goes to where a document is known to begin, or with 0 before the first one. */
    void moveTo(long offset) {
        next = offset;
        last = Math.max(0, offset - 1);
        refresh();
    }

    /** Goes behind everything: {@link #next()} finds nothing any more. */
    void moveToEnd() {
        next = NONE;
    }

    /**
     * Moves on to the next document that holds data.
     *
     * @return its offset, or {@link #NONE} at the end so far
     * @throws DamagedException if damage hides it; it does not move on then
     */
    long next() {
        if (next == 0 && !isBegun()) {
            return NONE;
        }
        while (next != NONE) {
            int word = word(next);
            if (isEndMark(word)) {
                if (isEnd(next)) {
                    return NONE;
                }
            } else if ((word & INCOMPLETE) != 0 || behind(next) > sizeAtLeast(behind(next))) {
                throw new DamagedException(next, String.format("its length and marks are %08x", word));
            } else {
                long found = next;
                next = behind(found);
                if (isData(word)) {
                    last = found;
                    return found;
                }
            }
        }
        return NONE;
    }

    /** How many bytes the document there holds. */
    int length(long offset) {
        return word(offset) & LENGTH_MASK;
    }

    /** Copies what the document there holds to the buffer's beginning. */
    void copy(long offset, int length, ByteBuffer to) {
        long from = offset + WORD_LENGTH;
        if (length > LARGE_READ) {
            readFully(from, to.limit(length).position(0));
        } else {
            if (!holds(from, length) && !fill(from, length)) {
                throw new DamagedException(offset, "the file ends before it");
            }
            to.limit(length).put(0, window, (int) (from - windowOffset), length);
        }
    }

    /** Forgets what was read ahead: what comes next is read from the file. */
    void refresh() {
        windowLength = 0;
        nextRead = SMALL_READ;
    }

    /** Where the document that begins there ends, which is where the next one begins. */
    long behind(long offset) {
        return (offset + WORD_LENGTH + length(offset) + WORD_LENGTH - 1) & -WORD_LENGTH;
    }

    /** Whether what begins there could be a document with data. */
    boolean isDocument(long offset) {
        return offset >= FIRST_DOCUMENT_OFFSET
                && offset % WORD_LENGTH == 0
                && offset < sizeAtLeast(offset + 1)
                && isData(word(offset))
                && behind(offset) <= sizeAtLeast(behind(offset));
    }

    /** Whether there is an end behind the document there, and nothing says otherwise. */
    boolean isLast(long offset) {
        return isDocument(offset) && isEndMark(word(behind(offset))) && lastDocument() <= offset;
    }

    /** The first place from there on where a document may begin whose content begins with the given word, or NONE. */
    long candidate(long from, int content) {
        long offset = Math.max(from, FIRST_DOCUMENT_OFFSET);
        for (long size = size(); offset < size; offset += WORD_LENGTH) {
            if (word(offset + WORD_LENGTH) == content && isDocument(offset)) {
                return offset;
            }
        }
        return NONE;
    }

    /** Where the last document begins, according to the header; 0 if there is none. To be checked. */
    long lastDocument() {
        return longAt(LAST_DOCUMENT_OFFSET);
    }

    /** How many documents' offsets are noted: the first one's and that of each 256th behind it. To be checked. */
    int listed() {
        long lists = longAt(TABLE_USED_OFFSET);
        if (lists < 1 || lists > LIST_CAPACITY) {
            return 0;
        }
        long used = longAt(elements(list(lists - 1)) - Long.BYTES);
        return used < 0 || used > LIST_CAPACITY ? 0 : (int) ((lists - 1) * LIST_CAPACITY + used);
    }

    /** Where the document with the number {@code i} times 256 begins, counted from 0. To be checked. */
    long listedDocument(int i) {
        long list = list(i / LIST_CAPACITY);
        return longAt(elements(list) + Long.BYTES * (long) (i % LIST_CAPACITY));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed("close", e);
        }
    }

    /**
     * Whether its header is there. It is not, or not all of it, while a file is being made, or if the process died then; but
     * no document comes before it.
     *
     * @throws DamagedException if it is not as it should be although there are documents, or could be
     */
    private boolean isBegun() {
        refresh();
        if (headerSum() == HEADER_SUM) {
            return true;
        }
        if (isZeroFrom(FIRST_DOCUMENT_OFFSET)) {
            return false;
        }
        refresh();
        int sum = headerSum(); // It may have been written meanwhile, and documents behind it.
        if (sum != HEADER_SUM) {
            throw new DamagedException(
                    0, String.format("the file's header gives %08x, expected %08x", sum, HEADER_SUM));
        }
        return true;
    }

    private int headerSum() {
        CRC32C crc = new CRC32C();
        for (int i = 0; i < HEADER_CONSTANTS.length; i += 2) {
            int from = HEADER_CONSTANTS[i];
            int length = HEADER_CONSTANTS[i + 1] - from;
            if (!holds(from, length) && !fill(from, length)) {
                return 0;
            }
            int start = (int) (from - windowOffset);
            crc.update(window.duplicate().limit(start + length).position(start));
        }
        return (int) crc.getValue();
    }

    /** Looks again, in this order: what was written meanwhile has its word before the header knows of it. */
    private boolean isEnd(long offset) {
        long lastKnown = lastDocument();
        refresh();
        if (!isEndMark(word(offset))) {
            return false;
        }
        if (lastKnown > last) {
            throw new DamagedException(
                    offset, "nothing is there, but the file says that its last document begins at byte " + lastKnown);
        }
        return true;
    }

    private static boolean isEndMark(int word) {
        return word == 0 || word == END_OF_FILE;
    }

    private static boolean isData(int word) {
        return word != 0 && (word & (NO_DATA | INCOMPLETE)) == 0;
    }

    private long list(long i) {
        return longAt(TABLE_LISTS_OFFSET + Long.BYTES * i);
    }

    /** Numbers are aligned: a list's capacity comes behind its name, then how many it has, then these. */
    private static long elements(long list) {
        return ((list + LIST_NAME_LENGTH + Long.BYTES - 1) & -Long.BYTES) + 2 * Long.BYTES;
    }

    /** 0 behind the end. */
    private int word(long offset) {
        return holds(offset, WORD_LENGTH) || fill(offset, WORD_LENGTH)
                ? window.getInt((int) (offset - windowOffset))
                : 0;
    }

    /** Never from what was read ahead; 0 where there is nothing. */
    private long longAt(long offset) {
        if (offset < 0 || read(offset, number.clear()) < Long.BYTES) {
            return 0;
        }
        return number.getLong(0);
    }

    private boolean holds(long offset, int length) {
        return offset >= windowOffset && offset + length <= windowOffset + windowLength;
    }

    /** Reads ahead from there on, the more the longer it goes on without a jump. */
    private boolean fill(long offset, int length) {
        boolean goesOn = windowLength > 0 && offset >= windowOffset && offset <= windowOffset + windowLength;
        nextRead = goesOn ? Math.min(2 * nextRead, LARGE_READ) : SMALL_READ;
        int wanted = Math.max(length, nextRead);
        if (wanted > window.capacity()) {
            window = ByteBuffer.allocateDirect(Math.max(wanted, LARGE_READ)).order(LITTLE_ENDIAN);
        }
        windowOffset = offset;
        windowLength = Math.max(0, read(offset, window.limit(wanted).position(0)));
        window.clear();
        return windowLength >= length;
    }

    private boolean isZeroFrom(long offset) {
        long at = offset;
        for (long size = size(); at < size; at += Long.BYTES) {
            int length = (int) Math.min(Long.BYTES, size - at);
            if (!holds(at, length)) {
                fill(at, length);
            }
            if (length == Long.BYTES ? window.getLong((int) (at - windowOffset)) != 0 : word(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private void readFully(long offset, ByteBuffer to) {
        while (to.hasRemaining()) {
            if (read(offset + to.position(), to) <= 0) {
                throw new DamagedException(offset - WORD_LENGTH, "the file ends before it");
            }
        }
        to.clear();
    }

    /** As many bytes as there are at once; -1 at the end. */
    private int read(long offset, ByteBuffer to) {
        try {
            return channel.read(to, offset);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** The file's size, asked for only if it is not known to be enough. */
    private long sizeAtLeast(long enough) {
        return knownSize >= enough ? knownSize : size();
    }

    private long size() {
        try {
            knownSize = channel.size();
            return knownSize;
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private UncheckedIOException failed(String what, IOException e) {
        return new UncheckedIOException("cannot " + what + " " + path + ": " + e, e);
    }
}
