package io.tocsin.journal;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.AlertJournal.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads alerts; goes on where it stopped without searching. One thread at a time. Allocates nothing per alert once its
 * buffers have grown. After an error it is to be closed.
 */
final class AlertReader implements AutoCloseable {
    /** What to do about a journal that cannot be read. */
    static final String REMEDY =
            "put back the folder from a copy, or move it away: as long as no events were given up, a"
                    + " start raises the alerts anew";

    private final Path folder;
    private final Document document = new Document();
    private final AlertRecord alert = new AlertRecord();
    private @Nullable QueueFile file;
    /** The number of the alert that comes next in the file, or 0 if that is not known. */
    private long nextSeq;

    /** @param folder that of all alerts, for messages */
    AlertReader(Path folder) {
        this.folder = folder;
    }

    /** Hands over the alerts from {@code firstSeq} to {@code lastSeq}, all of which are kept. */
    void read(AlertFiles files, long firstSeq, long lastSeq, Handler handler) {
        for (long seq = firstSeq; seq <= lastSeq; seq++) {
            QueueFile from = fileWith(files, seq);
            nextSeq = 0;
            if (!readNext(from, seq)) {
                throw new IllegalStateException(what(from) + " ends before alert " + seq + ": " + REMEDY);
            }
            nextSeq = seq + 1;
            handler.onAlert(document.buffer(), Document.BODY_OFFSET, alert.length());
        }
    }

    /**
     * The number of a file's last alert, {@code firstSeq - 1} when there is none. Reads its first and last one only, unless
     * something is damaged.
     *
     * @param firstSeq the number that its first alert must have
     */
    long lastSeq(Path path, long firstSeq) {
        QueueFile in = open(path);
        if (!readNext(in, firstSeq)) {
            return firstSeq - 1;
        }
        long seq = firstSeq;
        long last = in.lastDocument();
        if (isAlert(in, last) && alert.seq() > seq) {
            seq = alert.seq();
            in.moveTo(in.behind(last));
        }
        while (readNext(in, seq + 1)) {
            seq++;
        }
        return seq;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    /** The file in which the alert comes next. */
    private QueueFile fileWith(AlertFiles files, long seq) {
        int number = files.fileOf(seq);
        if (file == null || nextSeq != seq) {
            return find(files.path(number), files.firstSeq(number), seq);
        }
        return files.firstSeq(number) == seq
                ? open(files.path(number))
                : file; // Or else it is the one before that ends.
    }

    /** Goes to the alert by the next offset before it that Chronicle noted, if what lies there is the right alert. */
    private QueueFile find(Path path, long firstSeq, long seq) {
        QueueFile in = open(path);
        int listed = (int) ((seq - firstSeq) / QueueFile.LIST_SPACING);
        long at = firstSeq + (long) listed * QueueFile.LIST_SPACING;
        if (listed > 0 && listed < in.listed() && isAlert(in, in.listedDocument(listed)) && alert.seq() == at) {
            in.moveTo(in.listedDocument(listed));
        } else {
            at = firstSeq;
        }
        try {
            while (at < seq && in.next() != QueueFile.NONE) {
                at++;
            }
        } catch (DamagedException e) {
            throw damaged(in, at, e);
        }
        return in;
    }

    /** @return false at the file's end */
    private boolean readNext(QueueFile in, long expectedSeq) {
        try {
            long offset = in.next();
            if (offset == QueueFile.NONE) {
                return false;
            }
            readFrom(in, offset);
            if (alert.seq() == expectedSeq) {
                return true;
            }
            throw new IllegalStateException(what(in) + " holds alert " + alert.seq() + " at byte " + offset
                    + ", expected " + expectedSeq + ": a file is missing or was put there, or a"
                    + " document is damaged; " + REMEDY);
        } catch (DamagedException e) {
            throw damaged(in, expectedSeq, e);
        }
    }

    private boolean isAlert(QueueFile in, long offset) {
        try {
            if (!in.isDocument(offset)) {
                return false;
            }
            readFrom(in, offset);
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    private void readFrom(QueueFile in, long offset) {
        int length = document.readFrom(in, offset) - Document.BODY_OFFSET;
        alert.wrap(document.buffer(), Document.BODY_OFFSET);
        if (alert.length() != length) {
            throw new DamagedException(offset, "its alert claims " + alert.length() + " bytes of " + length);
        }
    }

    private QueueFile open(Path path) {
        if (file == null || !file.path().equals(path)) {
            close();
            try {
                file = new QueueFile(path);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + path + ": " + Texts.reason(e), e);
            }
        }
        file.moveTo(0);
        return file;
    }

    private IllegalStateException damaged(QueueFile in, long seq, DamagedException e) {
        return new IllegalStateException(
                what(in) + " has a damaged document at byte " + e.offset() + ", that of alert " + seq + ": " + e.why()
                        + "; " + REMEDY,
                e);
    }

    private String what(QueueFile in) {
        return "alerts in " + folder + ": the file " + folder.relativize(in.path());
    }
}
