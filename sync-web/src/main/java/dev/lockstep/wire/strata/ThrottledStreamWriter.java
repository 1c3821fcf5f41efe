package dev.lockstep.wire.strata;

import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.strata.frame.StrataAnswers;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Sends a stream as fast as its client takes it, on no thread of its own. Thread-safe. */
final class ThrottledStreamWriter implements WriteListener {
    /** Bytes that are written together. */
    static final int CHUNK_BYTES = 64 * 1024;

    /** How often it is looked whether a client takes what it is sent. */
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(30);

    /**
     * Fewest bytes that a client takes between two looks. What is set aside for one that takes fewer is let go: it is told
     * by an error line, or cut off where that could not be read, once it reads on, and asks again.
     */
    static final int TAKEN_BYTES_MIN = 64 * 1024;

    static final String TOO_SLOW = StrataAnswers.errorLine("The client reads too slowly; ask again");

    static final String UNREADABLE = StrataAnswers.errorLine("The server cannot read on; ask again");

    private static final byte[] NOTHING = {};

    private static final byte[] LINE_END = {'\n'};

    private static final Logger LOG = System.getLogger(ThrottledStreamWriter.class.getName());

    private byte @Nullable [] first;
    private InputStream bytes;
    private final boolean isOfLines;
    private final ServletOutputStream out;
    private final Runnable completed;
    private @Nullable Future<?> watching;
    private long sent;
    private long sentBefore;
    private boolean endsLine = true;
    private byte[] lastWords = NOTHING;
    private boolean isCutShort;
    private boolean ended;

    private ThrottledStreamWriter(
            byte[] first, InputStream bytes, boolean isOfLines, ServletOutputStream out, Runnable completed) {
        this.first = first;
        this.bytes = bytes;
        this.isOfLines = isOfLines;
        this.out = out;
        this.completed = completed;
    }

    /**
     * Begins to read, while the client can still be refused.
     *
     * @param isOfLines whether a client could read in an error line why there is no more
     * @param completed ends the answer; called once
     * @throws IOException if what was set aside cannot be read; it is let go then
     */
    static ThrottledStreamWriter begin(
            InputStream bytes, boolean isOfLines, ServletOutputStream out, Runnable completed) throws IOException {
        try {
            return new ThrottledStreamWriter(bytes.readNBytes(CHUNK_BYTES), bytes, isOfLines, out, completed);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** The same for a stream that is known to be of lines, or packed. */
    static ThrottledStreamWriter begin(SpooledStream stream, ServletOutputStream out, Runnable completed)
            throws IOException {
        return begin(stream.read(), !stream.isCompressed(), out, completed);
    }

    /** Has somebody look whether it goes on. */
    synchronized void watch(PeriodicTasks tasks) {
        watching = tasks.every(LOOKED_EVERY, this::checkProgress);
    }

    synchronized void checkProgress() {
        if (!ended && !isCutShort && sent - sentBefore < TAKEN_BYTES_MIN) {
            abort(
                    isOfLines ? restOfLine() : NOTHING,
                    TOO_SLOW); // it ends when its client reads on, or the server loses patience with it
        }
        sentBefore = sent;
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        while (!ended && out.isReady()) {
            byte[] chunk = next();
            if (chunk.length == 0) {
                end();
            } else {
                write(chunk);
            }
        }
    }

    private void write(byte[] chunk) throws IOException {
        try {
            out.write(chunk); // until it is ready again, the chunk is the container's
            sent += chunk.length;
            endsLine = chunk[chunk.length - 1] == '\n';
        } catch (IOException e) {
            onError(e); // Undertow tells only of what it writes by itself
            throw e;
        }
    }

    private byte[] next() {
        if (!isCutShort) {
            try {
                return read();
            } catch (IOException e) {
                unreadable(e);
            }
        }
        byte[] last = lastWords;
        lastWords = NOTHING;
        return last;
    }

    private byte[] read() throws IOException {
        byte[] begun = first;
        first = null;
        return begun == null ? bytes.readNBytes(CHUNK_BYTES) : begun;
    }

    private void unreadable(IOException e) {
        LOG.log(Level.WARNING, "what was set aside for a client cannot be read", e);
        abort(endsLine ? NOTHING : LINE_END, UNREADABLE);
    }

    /** At most one row. */
    private byte[] restOfLine() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            boolean ends = endsLine;
            while (!ends) {
                byte[] chunk = bytes.readNBytes(CHUNK_BYTES);
                int length = 0;
                while (length < chunk.length && !ends) {
                    ends = chunk[length++] == '\n';
                }
                rest.write(chunk, 0, length);
                if (chunk.length == 0) {
                    break;
                }
            }
            return rest.toByteArray();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what was set aside for a client cannot be read", e);
            return LINE_END;
        }
    }

    /** What is left to send is an error line; nothing, where it could not be read: the answer is shorter than it said. */
    private void abort(byte[] restOfLine, String errorLine) {
        isCutShort = true;
        if (isOfLines) {
            ByteArrayOutputStream last = new ByteArrayOutputStream();
            last.writeBytes(restOfLine);
            last.writeBytes(errorLine.getBytes(StandardCharsets.UTF_8));
            lastWords = last.toByteArray();
        }
        release();
    }

    @Override
    public synchronized void onError(Throwable failure) {
        LOG.log(Level.DEBUG, "a client left in the middle of its answer", failure);
        if (!ended) {
            end();
        }
    }

    private void end() {
        ended = true;
        release();
        completed.run();
    }

    private void release() {
        if (watching != null) {
            watching.cancel(false);
        }
        try {
            bytes.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what was set aside for a client cannot be let go", e);
        }
        first = null;
        bytes = InputStream.nullInputStream();
    }
}
