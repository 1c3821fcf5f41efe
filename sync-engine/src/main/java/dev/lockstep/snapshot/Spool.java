package dev.lockstep.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Bytes that were read from the database and wait for their reader: in memory while they are few, else in a file. Written
 * by one thread, then read once by any thread. To be closed by its user.
 */
public final class Spool implements Closeable {
    private static final String NOT_SPOOLED = "A snapshot could not be spooled: free disk space in java.io.tmpdir";

    private final Spools spools;
    private final SpillBuffer spillBuffer;
    private final boolean counted;
    private boolean closed;

    Spool(Spools spools) {
        this(spools, new SpillBuffer(), true);
    }

    /** A spool of bytes that their owner keeps and counts. */
    Spool(Spools spools, byte[] kept) {
        this(spools, new SpillBuffer(kept), false);
    }

    private Spool(Spools spools, SpillBuffer spillBuffer, boolean counted) {
        this.spools = spools;
        this.spillBuffer = spillBuffer;
        this.counted = counted;
    }

    /** Another spool of the same bytes, while this one is open. They are counted once, and released with the last one. */
    public Spool share() {
        spillBuffer.use();
        return new Spool(spools, spillBuffer, counted);
    }

    /** @throws dev.lockstep.api.SyncException as {@code OVERLOADED}, if the spools of this node hold too many bytes */
    void append(byte[] bytes) {
        spools.reserve(bytes.length);
        try {
            spillBuffer.append(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(NOT_SPOOLED, e);
        }
    }

    /** The number of bytes. */
    public long size() {
        return spillBuffer.size();
    }

    /** The bytes, from the first. Closing the stream closes the spool. */
    public InputStream read() {
        try {
            return new Reading(spillBuffer.read());
        } catch (IOException e) {
            closeAfter(e);
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The bytes as one gzip member (RFC 1952), with a prefix and a suffix. This spool is released.
     *
     * @throws dev.lockstep.api.SyncException as {@link #append}
     */
    public Spool gzipped(byte[] before, byte[] after) {
        return spools.open().handedTo(packed -> {
            try (InputStream bytes = read();
                    OutputStream gzip = new FastGzip(packed)) {
                gzip.write(before);
                bytes.transferTo(gzip);
                gzip.write(after);
            } catch (IOException e) {
                throw new UncheckedIOException(NOT_SPOOLED, e);
            }
            return packed;
        });
    }

    /** Rows are similar: the fastest level compresses nearly as well as the others. */
    private static final class FastGzip extends GZIPOutputStream {
        /** Bytes per write. */
        private static final int BUFFER_BYTES = 16 * 1024;

        FastGzip(Spool packed) throws IOException {
            super(
                    new OutputStream() {
                        @Override
                        public void write(int one) {
                            packed.append(new byte[] {(byte) one});
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) {
                            packed.append(Arrays.copyOfRange(bytes, offset, offset + length));
                        }
                    },
                    BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Creates an object that closes the spool. If that fails, the spool is released here. */
    public <T> T handedTo(Function<Spool, T> reader) {
        try {
            return reader.apply(this);
        } catch (RuntimeException | Error e) {
            closeAfter(e);
            throw e;
        }
    }

    /** Releases a spool that is not read, and so not closed by a reader. */
    private void closeAfter(Throwable first) {
        try {
            close();
        } catch (IOException e) {
            first.addSuppressed(e);
        }
    }

    /** Releases the bytes. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        long size = spillBuffer.size();
        boolean gone = true;
        try {
            gone = spillBuffer.release();
        } finally {
            if (counted && gone) {
                spools.free(size);
            }
        }
    }

    /** A stream that closes the spool. */
    private final class Reading extends InputStream {
        private final InputStream bytes;

        Reading(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return bytes.read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            bytes.close();
            Spool.this.close();
        }
    }
}
