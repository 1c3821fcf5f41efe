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
 * A file without a name: however this process ends, nothing is left of it (where the system lets go of names of open
 * files, as Linux does; elsewhere at the latest when it is closed). Written by one thread, then read by any.
 */
final class SpoolFile implements Closeable {
    private final FileChannel channel;
    private final OutputStream sink;

    private SpoolFile(FileChannel channel) {
        this.channel = channel;
        this.sink = new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    /** An empty one, in {@code java.io.tmpdir}. */
    static SpoolFile create() throws IOException {
        Path path = Files.createTempFile("lockstep-spool-", null); // for nobody else to read
        try {
            return new SpoolFile(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Where its bytes are written to, one after the other. */
    OutputStream sink() {
        return sink;
    }

    /**
     * Its bytes, from the first; by any number of readers.
     *
     * @param size how many were written
     * @throws IOException if the disk did not take all of them
     */
    InputStream read(long size) throws IOException {
        sink.flush();
        if (channel.size() != size) { // a write failed, now or when another one asked
            throw new IOException("the disk has not taken all that was set aside");
        }
        return new Reading(size);
    }

    @Override
    public void close() throws IOException {
        channel.close(); // nobody needs what is left in the buffer
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
                throw new EOFException("there is less than was set aside");
            }
            position += read;
            return read;
        }
    }
}
