package dev.lockstep.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in memory while they are few, else in a file. Written by one thread, then read by any, until the last of its
 * users lets go. Thread-safe, once it is written.
 */
final class SpillBuffer {
    /** Bytes that are kept in memory. What is larger, goes to a file. */
    static final int MEMORY_BYTES_MAX = 256 * 1024;

    private Memory memory;
    private @Nullable SpoolFile file;
    private long size;
    private int users = 1;

    SpillBuffer() {
        memory = new Memory();
    }

    /** Bytes that somebody else keeps, too. */
    SpillBuffer(byte[] kept) {
        memory = new Memory(kept);
        size = kept.length;
    }

    synchronized void append(byte[] bytes) throws IOException {
        size += bytes.length;
        if (file == null && size > MEMORY_BYTES_MAX) {
            file = SpoolFile.create();
            memory.writeTo(file.sink());
            memory = new Memory();
        }
        OutputStream sink = file == null ? memory : file.sink();
        sink.write(bytes);
    }

    synchronized long size() {
        return size;
    }

    /** The bytes, from the first. */
    synchronized InputStream read() throws IOException {
        return file == null ? memory.read() : file.read(size);
    }

    synchronized void use() {
        users++;
    }

    /** Whether that was the last user, and the bytes are gone. */
    synchronized boolean release() throws IOException {
        if (--users > 0) {
            return false;
        }
        memory = new Memory();
        if (file != null) {
            file.close();
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
