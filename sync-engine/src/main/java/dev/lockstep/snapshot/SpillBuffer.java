package dev.lockstep.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in memory while they are few, else in a file. Written by one thread, then read by any, until its last user releases
 * it. Thread-safe once it is written.
 */
final class SpillBuffer {
    /** Most bytes in memory; more go to a file. */
    static final int MEMORY_BYTES_MAX = 256 * 1024;

    private Memory memory;
    private @Nullable SpoolFile file;
    private long size;
    private int users = 1;

    SpillBuffer() {
        memory = new Memory();
    }

    /** A buffer of existing bytes. */
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

    /** Releases one use; returns whether it was the last, and the bytes are gone. */
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
