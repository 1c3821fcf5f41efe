package dev.lockstep.wire.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bytes that several responses share, in parts. Each owner reads them once, or closes them. */
public final class SharedBytes {
    private final List<byte[]> parts;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param release runs once, when the bytes are not needed any more */
    public SharedBytes(List<byte[]> parts, Runnable release) {
        this.parts = parts;
        this.release = release;
    }

    int size() {
        return parts.stream().mapToInt(part -> part.length).sum();
    }

    /** Writes all bytes, and closes them. */
    void writeTo(OutputStream out) throws IOException {
        try {
            for (byte[] part : parts) {
                out.write(part);
            }
        } finally {
            close();
        }
    }

    /** Closing the stream closes the bytes. */
    InputStream read() {
        return new Reading();
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    private final class Reading extends SequenceInputStream {
        Reading() {
            super(Collections.enumeration(
                    parts.stream().map(ByteArrayInputStream::new).toList()));
        }

        /** Copies each byte once; the JDK's method copies twice. */
        @Override
        public byte[] readNBytes(int most) throws IOException {
            byte[] chunk = new byte[most];
            int read = readNBytes(chunk, 0, most);
            return read == most ? chunk : Arrays.copyOf(chunk, read);
        }

        @Override
        public void close() throws IOException {
            SharedBytes.this.close();
            super.close();
        }
    }
}
