package dev.lockstep.wire.strata;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends a stream as fast as its client takes it, on no thread of its own. Thread-safe. */
final class StrataSending implements WriteListener {
    /** Bytes that are written together. */
    static final int CHUNK_BYTES = 64 * 1024;

    /** How often it is looked whether a client takes what it is sent. */
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(30);

    /**
     * Fewest bytes that a client takes between two looks. What is set aside for one that takes fewer is let go: it is told
     * by an error line, or cut off where that could not be read, once it reads on, and asks again.
     */
    static final int TAKEN_BYTES_MIN = 64 * 1024;

    private static final byte[] TOO_SLOW =
            StrataFrames.errorLine("The client reads too slowly; ask again").getBytes(StandardCharsets.UTF_8);

    private static final byte[] NOTHING = {};

    private static final Logger LOG = System.getLogger(StrataSending.class.getName());

    private InputStream bytes;
    private final ServletOutputStream out;
    private final Runnable completed;
    private @Nullable Future<?> watching;
    private long sent;
    private long sentBefore;
    private byte[] lastWords;
    private boolean isTooSlow;
    private boolean ended;

    /** @param completed ends the answer; called once */
    StrataSending(StrataStream stream, ServletOutputStream out, Runnable completed) {
        this(stream.read(), stream.isPacked() ? NOTHING : TOO_SLOW, out, completed);
    }

    /** @param lastWords what a client is told that is too slow */
    StrataSending(InputStream bytes, byte[] lastWords, ServletOutputStream out, Runnable completed) {
        this.bytes = bytes;
        this.lastWords = lastWords;
        this.out = out;
        this.completed = completed;
    }

    /** Has somebody look whether it goes on. */
    synchronized void watch(ScheduledExecutorService scheduler) {
        watching = scheduler.scheduleWithFixedDelay(
                this::look, LOOKED_EVERY.toMillis(), LOOKED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void look() {
        if (!ended && sent - sentBefore < TAKEN_BYTES_MIN) {
            isTooSlow = true;
            letGo(); // the answer ends when its client reads on, or the server has no patience left with it
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
        } catch (IOException e) {
            onError(e); // Undertow tells only of what it writes by itself
            throw e;
        }
    }

    private byte[] next() throws IOException {
        if (!isTooSlow) {
            return read();
        }
        byte[] last = lastWords;
        lastWords = NOTHING;
        return last;
    }

    /** If that fails, the container cuts the connection: an answer that ended by itself would pass for a whole one. */
    private byte[] read() throws IOException {
        try {
            return bytes.readNBytes(CHUNK_BYTES);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what was set aside for a client cannot be read", e);
            letGo();
            throw e;
        }
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
        letGo();
        completed.run();
    }

    private void letGo() {
        if (watching != null) {
            watching.cancel(false);
        }
        try {
            bytes.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what was set aside for a client cannot be let go", e);
        }
        bytes = InputStream.nullInputStream(); // the scheduler keeps a cancelled look, and so this, until its time
    }
}
