package dev.lockstep.wire.socket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the requests of one connection one after another, in the order in which they came, and on no I/O thread.
 * Thread-safe.
 */
final class SerialExecutor {
    /** Most requests that wait. One more is rejected, and its connection closed. */
    static final int WAITING_MAX = 256;

    /**
     * Most characters that waiting requests hold: a few of the longest messages of a dialect. A request beyond it is rejected
     * likewise, unless nothing waits.
     */
    static final int WAITING_CHARACTERS_MAX = 4 * 1024 * 1024;

    private static final Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Executor executor;
    private final Queue<QueuedRequest> waiting = new ArrayDeque<>();
    private int characters; // of those that wait
    private boolean busy;
    private boolean ended;

    private record QueuedRequest(int characters, Supplier<CompletionStage<?>> request) {}

    /** @param executor runs the requests, which may block */
    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    /**
     * Adds a request; false if too many wait, or this is closed.
     *
     * @param ofRequest the characters that it holds
     */
    synchronized boolean add(int ofRequest, Supplier<CompletionStage<?>> request) {
        if (ended || isFullFor(ofRequest)) {
            return false;
        }
        put(ofRequest, request);
        next();
        return true;
    }

    private boolean isFullFor(int ofRequest) {
        return waiting.size() >= WAITING_MAX || (!waiting.isEmpty() && ofRequest > WAITING_CHARACTERS_MAX - characters);
    }

    private void put(int ofRequest, Supplier<CompletionStage<?>> request) {
        waiting.add(new QueuedRequest(ofRequest, request));
        characters += ofRequest;
    }

    /** Adds the last request, once. Requests that wait are dropped; the one that runs is awaited. */
    synchronized void close(Runnable last) {
        if (ended) {
            return;
        }
        ended = true;
        waiting.clear();
        characters = 0;
        put(0, () -> {
            last.run();
            return CompletableFuture.completedStage(null);
        });
        next();
    }

    private synchronized void next() {
        QueuedRequest first = busy ? null : waiting.poll();
        if (first != null) {
            busy = true;
            characters -= first.characters();
            begin(first);
        }
    }

    /** A server that stops rejects work: requests that wait are dropped, and the server closes the sockets. */
    private void begin(QueuedRequest first) {
        try {
            executor.execute(() -> run(first.request()));
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.DEBUG, "Requests of a session are dropped", stopping);
            waiting.clear();
            characters = 0;
            busy = false;
        }
    }

    private void run(Supplier<CompletionStage<?>> request) {
        CompletionStage<?> done;
        try {
            done = request.get();
        } catch (RuntimeException | Error e) {
            done = CompletableFuture.failedStage(e);
        }
        var unused = done.whenComplete((result, failure) -> requestEnded(failure));
    }

    private void requestEnded(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.log(Level.ERROR, "Request of a session failed; the next one runs", failure);
        }
        synchronized (this) {
            busy = false;
        }
        next();
    }
}
