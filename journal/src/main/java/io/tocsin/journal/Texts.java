package io.tocsin.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Small files of text in a data folder. Any thread. */
final class Texts {
    private static final int START_LENGTH = 64;

    private Texts() {}

    /**
     * Writes a file aside, forces it, and gives it its name, so that neither a start-up that was cut short nor a loss of
     * power leaves half a line.
     */
    static void write(Path folder, String file, String text) throws IOException {
        Path aside = folder.resolve(file + ".tmp");
        Files.writeString(aside, text);
        DeviceForce.forceOne(aside);
        Files.move(aside, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        DeviceForce.forceOne(folder);
    }

    /** The first bytes, one character each: whatever the file holds, they can be compared and shown. */
    static String readStart(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(START_LENGTH);
        int length = Math.max(0, channel.read(start, 0));
        return new String(start.array(), 0, length, StandardCharsets.ISO_8859_1);
    }

    /** What went wrong, in words and with the file. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        boolean hasReason = e instanceof FileSystemException failed
                ? failed.getReason() != null
                : e.getClass() == IOException.class && e.getMessage() != null;
        return hasReason ? String.valueOf(e.getMessage()) : e.toString();
    }
}
