package dev.lockstep.wire.http;

import dev.lockstep.wire.application.PeriodicTasks;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Writes a stream as fast as its client reads, without a thread of its own. Thread-safe. */
final class ThrottledStreamWriter implements WriteListener {
    /** Bytes that are written together. */
    static final int CHUNK_BYTES = 64 * 1024;

    /** The interval between two checks of a client's progress. */
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(30);

    /**
     * Fewest bytes that a client reads between two checks. The rest of the stream is released for a slower one. It receives
     * an error line, or a cut response where it could not read one, once it reads again.
     */
    static final int TAKEN_BYTES_MIN = 64 * 1024;

    static final String TOO_SLOW = "The client reads too slowly; send the request again";

    static final String UNREADABLE = "The server cannot read on; send the request again";

    private static final byte[] NOTHING = {};

    private static final byte[] LINE_END = {'\n'};

    private static final Logger LOG = System.getLogger(ThrottledStreamWriter.class.getName());

    private byte @Nullable [] first;
    private InputStream bytes;
    private final Optional<ErrorFormat> errors;
    private final ServletOutputStream out;
    private final Runnable completed;
    private @Nullable Future<?> watching;
    private long sent;
    private long sentBefore;
    private boolean endsLine = true;
    private byte[] errorLine = NOTHING;
    private boolean isCutShort;
    private boolean ended;

    private ThrottledStreamWriter(
            byte[] first,
            InputStream bytes,
            Optional<ErrorFormat> errors,
            ServletOutputStream out,
            Runnable completed) {
        this.first = first;
        this.bytes = bytes;
        this.errors = errors;
        this.out = out;
        this.completed = completed;
    }

    /**
     * Reads the first bytes, while the request can still be refused.
     *
     * @param errors the format of an error line; empty if the stream is not of lines, so that the client cannot read one
     * @param completed ends the response; called once
     * @throws IOException if the stream cannot be read; it is closed then
     */
    static ThrottledStreamWriter begin(
            InputStream bytes, Optional<ErrorFormat> errors, ServletOutputStream out, Runnable completed)
            throws IOException {
        try {
            return new ThrottledStreamWriter(bytes.readNBytes(CHUNK_BYTES), bytes, errors, out, completed);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** The same for lines from a spool, compressed or not. */
    static ThrottledStreamWriter begin(
            SpooledStream stream, ErrorFormat errors, ServletOutputStream out, Runnable completed) throws IOException {
        return begin(stream.read(), stream.isCompressed() ? Optional.empty() : Optional.of(errors), out, completed);
    }

    /** Checks the progress of the client repeatedly. */
    synchronized void watch(PeriodicTasks tasks) {
        watching = tasks.every(LOOKED_EVERY, this::checkProgress);
    }

    synchronized void checkProgress() {
        if (!ended && !isCutShort && sent - sentBefore < TAKEN_BYTES_MIN) {
            abort(
                    errors.isPresent() ? restOfLine() : NOTHING,
                    TOO_SLOW); // it ends when the client reads on, or when the server closes the connection
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
            out.write(chunk); // the container uses the chunk until it is ready again
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
        byte[] last = errorLine;
        errorLine = NOTHING;
        return last;
    }

    private byte[] read() throws IOException {
        byte[] begun = first;
        first = null;
        return begun == null ? bytes.readNBytes(CHUNK_BYTES) : begun;
    }

    private void unreadable(IOException e) {
        LOG.log(Level.WARNING, "A spooled response cannot be read; the client is asked to retry", e);
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
            LOG.log(Level.WARNING, "A spooled response cannot be read; the client is asked to retry", e);
            return LINE_END;
        }
    }

    /** Only an error line is left to send; nothing, where the client could not read one: the response is then too short. */
    private void abort(byte[] restOfLine, String message) {
        isCutShort = true;
        errors.ifPresent(format -> {
            ByteArrayOutputStream last = new ByteArrayOutputStream();
            last.writeBytes(restOfLine);
            last.writeBytes(format.line(message).getBytes(StandardCharsets.UTF_8));
            errorLine = last.toByteArray();
        });
        release();
    }

    @Override
    public synchronized void onError(Throwable failure) {
        LOG.log(Level.DEBUG, "A client disconnected before the end of its response", failure);
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
            LOG.log(Level.WARNING, "A spooled response cannot be closed", e);
        }
        first = null;
        bytes = InputStream.nullInputStream();
    }
}
