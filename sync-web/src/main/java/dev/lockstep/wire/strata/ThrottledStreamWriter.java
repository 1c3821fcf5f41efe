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

/** Writer of a stream at the speed of its client. It blocks no thread. Thread-safe. */
final class ThrottledStreamWriter implements WriteListener {
    /** Bytes of one write. */
    static final int CHUNK_BYTES = 64 * 1024;

    /** Pause between two checks of the client's progress. */
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(30);

    /**
     * Fewest bytes that a client must take between two checks. Below, its spooled rows are released: when it reads again, it
     * receives an error line, or a truncated response if it could not read one, and repeats its request.
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
     * Starts to read, while the client can still be refused.
     *
     * @param isOfLines whether the client can read an error line
     * @param completed ends the response; called once
     * @throws IOException if the spooled rows cannot be read; they are released
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

    /** The same for spooled lines, compressed or not. */
    static ThrottledStreamWriter begin(SpooledStream stream, ServletOutputStream out, Runnable completed)
            throws IOException {
        return begin(stream.read(), !stream.isCompressed(), out, completed);
    }

    /** Schedules the check of the client's progress. */
    synchronized void watch(PeriodicTasks tasks) {
        watching = tasks.every(LOOKED_EVERY, this::checkProgress);
    }

    synchronized void checkProgress() {
        if (!ended && !isCutShort && sent - sentBefore < TAKEN_BYTES_MIN) {
            abort(
                    isOfLines ? restOfLine() : NOTHING,
                    TOO_SLOW); // it ends when its client reads again, or at the server's own timeout
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
            out.write(chunk); // the container owns the chunk until it is ready again
            sent += chunk.length;
            endsLine = chunk[chunk.length - 1] == '\n';
        } catch (IOException e) {
            onError(e); // Undertow reports only failures of its own writes
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
        LOG.log(Level.WARNING, "Spooled rows cannot be read", e);
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
            LOG.log(Level.WARNING, "Spooled rows cannot be read", e);
            return LINE_END;
        }
    }

    /** Replaces the rest by an error line, or by nothing if the client could not read one: the response is then shorter than its length. */
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
        LOG.log(Level.DEBUG, "The client disconnected during its response", failure);
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
            LOG.log(Level.WARNING, "Spooled rows cannot be released", e);
        }
        first = null;
        bytes = InputStream.nullInputStream();
    }
}
