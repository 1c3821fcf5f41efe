package dev.lockstep.snapshot;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in memory while they are few, else in a file. Written by one thread, then read by any, until the last of its
 * users lets go. Thread-safe, once it is written.
 */
final class Stored {
    /** Bytes that are kept in memory. What is larger, goes to a file. */
    static final int MEMORY_BYTES_MAX = 256 * 1024;

    private Memory memory;
    private @Nullable Path file;
    private @Nullable OutputStream toFile;
    private long size;
    private int users = 1;

    Stored() {
        memory = new Memory();
    }

    /** Bytes that somebody else keeps, too. */
    Stored(byte[] kept) {
        memory = new Memory(kept);
        size = kept.length;
    }

    synchronized void append(byte[] bytes) throws IOException {
        size += bytes.length;
        if (toFile == null && size > MEMORY_BYTES_MAX) {
            Path created = Files.createTempFile("lockstep-spool-", null);
            file = created;
            OutputStream opened = new BufferedOutputStream(Files.newOutputStream(created));
            toFile = opened;
            memory.writeTo(opened);
            memory = new Memory();
        }
        OutputStream sink = toFile == null ? memory : toFile;
        sink.write(bytes);
    }

    synchronized long size() {
        return size;
    }

    /** The bytes, from the first. */
    synchronized InputStream read() throws IOException {
        if (file == null) {
            return memory.read();
        }
        if (toFile != null) {
            toFile.close();
        }
        if (Files.size(file) < size) { // closing it failed, now or when another one asked
            throw new IOException("the disk has not taken all that was set aside");
        }
        return Files.newInputStream(file);
    }

    synchronized void use() {
        users++;
    }

    /** Whether that was the last user, and the bytes are gone. */
    synchronized boolean letGo() throws IOException {
        if (--users > 0) {
            return false;
        }
        memory = new Memory();
        try {
            if (toFile != null) {
                toFile.close(); // which writes what is left, and may find the disk full again
            }
        } finally {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
        return true;
    }

    /** Bytes that are read where they were written. */
    private static final class Memory extends ByteArrayOutputStream {
        Memory() {}

        Memory(byte[] kept) {
            buf = kept;
            count = kept.length;
        }

        InputStream read() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }
}
