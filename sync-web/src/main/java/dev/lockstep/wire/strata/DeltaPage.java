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

/** A page of deltas that is to be sent; others may send the same bytes. Whoever has it reads it once, or closes it. */
final class DeltaPage {
    private final List<byte[]> parts;
    private final Runnable letGo;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param letGo done once, when nobody reads it any more */
    DeltaPage(List<byte[]> parts, Runnable letGo) {
        this.parts = parts;
        this.letGo = letGo;
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
        return new Reading();
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            letGo.run();
        }
    }

    private final class Reading extends SequenceInputStream {
        Reading() {
            super(Collections.enumeration(
                    parts.stream().map(ByteArrayInputStream::new).toList()));
        }

        /** In one copy, which the JDK's way is not. */
        @Override
        public byte[] readNBytes(int most) throws IOException {
            byte[] chunk = new byte[most];
            int read = readNBytes(chunk, 0, most);
            return read == most ? chunk : Arrays.copyOf(chunk, read);
        }

        @Override
        public void close() throws IOException {
            DeltaPage.this.close();
            super.close();
        }
    }
}
