package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.journal.SnapshotFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What failing disks and hasty people do to a data folder that nobody serves. */
final class Damage {
    private static final int NO_DATA = 0xc000_0000;
    /** All that is ever looked at; the files are larger, and empty behind it. */
    private static final int LOOKED_AT = 1 << 20;

    private Damage() {}

    /**
     * A document of a journal's file.
     *
     * @param offset of the word before it
     * @param length of what is behind the word
     */
    record Document(int offset, int length) {}

    /** The files of {@code events} or {@code alerts}, oldest first: one of each run. */
    static List<Path> files(Path folder, String journal) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(journal))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    static Path newestSnapshot(Path folder) {
        long position = SnapshotFolder.of(folder).positions().get(0);
        return folder.resolve("snapshots").resolve(String.format("%020d.snapshot", position));
    }

    /** A file's documents, in order. */
    static List<Document> documents(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(start(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Document> documents = new ArrayList<>();
        int offset = 0;
        for (int word = bytes.getInt(0); word != 0 && word != NO_DATA; word = bytes.getInt(offset)) {
            int length = word & ~NO_DATA;
            if ((word & NO_DATA) == 0) {
                documents.add(new Document(offset, length));
            }
            offset = (offset + Integer.BYTES + length + Integer.BYTES - 1) & -Integer.BYTES;
        }
        return documents;
    }

    static Document last(Path file) throws IOException {
        List<Document> documents = documents(file);
        return documents.get(documents.size() - 1);
    }

    /** As a power cut leaves a document whose word reached the device, and of whose content only the beginning. */
    static void tear(Path file, Document document, int kept) throws IOException {
        write(file, document.offset() + Integer.BYTES + kept, new byte[document.length() - kept]);
    }

    /** Changes one bit of a text's first byte. */
    static void flip(Path file, String text) throws IOException {
        byte[] bytes = start(file);
        int found = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(found).as(text + " in " + file).isPositive();
        write(file, found, new byte[] {(byte) (bytes[found] ^ 4)});
    }

    private static void write(Path file, int offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    private static byte[] start(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LOOKED_AT, channel.size()));
            channel.read(bytes, 0);
            return bytes.array();
        }
    }
}
