package dev.lockstep.snapshot;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file without a name: nothing is left of it however the process ends, where the system can unlink open files, as Linux
 * does; elsewhere it is deleted when it is closed. Written by one thread, then read by any.
 */
final class SpoolFile implements Closeable {
    private final FileChannel channel;
    private final OutputStream sink;

    private SpoolFile(FileChannel channel) {
        this.channel = channel;
        this.sink = new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    /** An empty file in {@code java.io.tmpdir}. */
    static SpoolFile create() throws IOException {
        Path path = Files.createTempFile("lockstep-spool-", null); // readable only by its owner
        try {
            return new SpoolFile(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** The stream that appends its bytes. */
    OutputStream sink() {
        return sink;
    }

    /**
     * Its bytes, from the first; for any number of readers.
     *
     * @param size the number of written bytes
     * @throws IOException if not all of them are on disk
     */
    InputStream read(long size) throws IOException {
        sink.flush();
        if (channel.size() != size) { // a write failed, now or earlier
            throw new IOException("not all bytes of the spool are on disk");
        }
        return new Reading(size);
    }

    @Override
    public void close() throws IOException {
        channel.close(); // the rest of the buffer is not needed
    }

    private final class Reading extends InputStream {
        private final long size;
        private long position;

        Reading(long size) {
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (position == size && length > 0) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(into, offset, length), position);
            if (read < 0) {
                throw new EOFException("the spool has fewer bytes than were written");
            }
            position += read;
            return read;
        }
    }
}
