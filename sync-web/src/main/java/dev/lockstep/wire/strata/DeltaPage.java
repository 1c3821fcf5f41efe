package dev.lockstep.wire.strata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Page of deltas to be sent. Its bytes may be shared with other pages. The owner reads it once, or closes it. */
final class DeltaPage {
    private final List<byte[]> parts;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param release runs once, when the page is closed */
    DeltaPage(List<byte[]> parts, Runnable release) {
        this.parts = parts;
        this.release = release;
    }

    int size() {
        return parts.stream().mapToInt(part -> part.length).sum();
    }

    /** Writes all of it, and closes it. */
    void writeTo(OutputStream out) throws IOException {
        try {
            for (byte[] part : parts) {
                out.write(part);
            }
        } finally {
            close();
        }
    }

    /** Closing the stream closes the page. */
    InputStream read() {
        return new PageStream();
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    private final class PageStream extends SequenceInputStream {
        PageStream() {
            super(Collections.enumeration(
                    parts.stream().map(ByteArrayInputStream::new).toList()));
        }

        /** Reads with one copy; the JDK's implementation copies twice. */
        @Override
        public byte[] readNBytes(int bytesMax) throws IOException {
            byte[] chunk = new byte[bytesMax];
            int read = readNBytes(chunk, 0, bytesMax);
            return read == bytesMax ? chunk : Arrays.copyOf(chunk, read);
        }

        @Override
        public void close() throws IOException {
            DeltaPage.this.close();
            super.close();
        }
    }
}
