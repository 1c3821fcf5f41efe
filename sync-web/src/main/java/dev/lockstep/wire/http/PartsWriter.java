package dev.lockstep.wire.http;

import dev.lockstep.wire.application.PeriodicTasks;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response part by part, as fast as its client reads. One part is in memory at a time; no thread waits for the client
 * or for the next part. Thread-safe.
 */
final class PartsWriter implements WriteListener {
    /** The interval between two checks of a client's progress. A client that has taken no part since is cut off. */
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(30);

    private static final byte[] END = {};

    private static final Logger LOG = System.getLogger(PartsWriter.class.getName());

    private final ResponseParts parts;
    private final ServletOutputStream out;
    private final Executor executor;
    private final Runnable completed;
    private byte @Nullable [] next;
    private boolean isReading;
    private boolean isEnded;
    private boolean hasProgressed;
    private @Nullable Future<?> watching;

    /**
     * A response of parts.
     *
     * @param executor continues when a part was read
     * @param completed ends the response; called once
     */
    PartsWriter(ResponseParts parts, ServletOutputStream out, Executor executor, Runnable completed) {
        this.parts = parts;
        this.out = out;
        this.executor = executor;
        this.completed = completed;
    }

    /** Checks the progress of the client repeatedly. */
    synchronized void watch(PeriodicTasks tasks) {
        watching = tasks.every(LOOKED_EVERY, this::checkProgress);
    }

    synchronized void checkProgress() {
        if (!isReading && !hasProgressed) {
            end();
        }
        hasProgressed = false;
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        while (!isEnded && !isReading && out.isReady()) {
            byte[] part = next;
            next = null;
            if (part == null) {
                read();
            } else if (part.length == 0) {
                end();
            } else {
                write(part);
            }
        }
    }

    private void write(byte[] part) throws IOException {
        try {
            out.write(part); // the container uses the part until it is ready again
            hasProgressed = true;
        } catch (IOException e) {
            onError(e); // Undertow reports only failures of its own writes
            throw e;
        }
    }

    private void read() {
        isReading = true;
        var unused = parts.next().whenCompleteAsync(this::onRead, executor);
    }

    private synchronized void onRead(byte @Nullable [] part, @Nullable Throwable failure) {
        isReading = false;
        if (failure != null) {
            LOG.log(Level.WARNING, "A response cannot be continued; its client must send the request again", failure);
        }
        next = part == null ? END : part;
        try {
            onWritePossible();
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "A client disconnected before the end of its response", gone);
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        LOG.log(Level.DEBUG, "A client disconnected before the end of its response", failure);
        end();
    }

    private void end() {
        if (!isEnded) {
            isEnded = true;
            next = null;
            if (watching != null) {
                watching.cancel(false);
            }
            completed.run();
        }
    }
}
