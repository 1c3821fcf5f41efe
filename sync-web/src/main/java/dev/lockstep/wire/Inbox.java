package dev.lockstep.wire;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one session asks for: a step begins when the one before it has ended, in the order in which they came, and on no
 * I/O thread. Thread-safe.
 */
final class Inbox {
    /** Most steps that wait. One more is not taken, and its session closed: it asks faster than it is answered. */
    static final int WAITING_MAX = 256;

    private static final Logger LOG = System.getLogger(Inbox.class.getName());

    private final Executor executor;
    private final Queue<Supplier<CompletionStage<?>>> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean ended;

    /** @param executor runs the steps, which may block */
    Inbox(Executor executor) {
        this.executor = executor;
    }

    /** Takes a step; false if too many wait, or the last one has come. */
    synchronized boolean add(Supplier<CompletionStage<?>> step) {
        if (ended || waiting.size() >= WAITING_MAX) {
            return false;
        }
        waiting.add(step);
        next();
        return true;
    }

    /** Takes the last step, once: what waits is dropped, what is at work is waited for. */
    synchronized void end(Runnable last) {
        if (ended) {
            return;
        }
        ended = true;
        waiting.clear();
        waiting.add(() -> {
            last.run();
            return CompletableFuture.completedStage(null);
        });
        next();
    }

    private synchronized void next() {
        Supplier<CompletionStage<?>> step = busy ? null : waiting.poll();
        if (step != null) {
            busy = true;
            executor.execute(() -> run(step));
        }
    }

    private void run(Supplier<CompletionStage<?>> step) {
        CompletionStage<?> done;
        try {
            done = step.get();
        } catch (RuntimeException | Error e) {
            done = CompletableFuture.failedStage(e);
        }
        var unused = done.whenComplete((result, failure) -> stepEnded(failure));
    }

    private void stepEnded(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.log(Level.ERROR, "a step of a session failed; the next one goes on", failure);
        }
        synchronized (this) {
            busy = false;
        }
        next();
    }
}
