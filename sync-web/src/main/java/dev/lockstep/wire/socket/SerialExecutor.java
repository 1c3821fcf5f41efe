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
 * What one session asks for: a step begins when the one before it has ended, in the order in which they came, and on no
 * I/O thread. Thread-safe.
 */
final class SerialExecutor {
    /** Most steps that wait. One more is not taken, and its session closed: it asks faster than it is answered. */
    static final int WAITING_MAX = 256;

    /**
     * Most characters that the steps hold that wait: a few of the longest messages that a dialect takes. One that would
     * make them more is not taken, as above, unless nothing waits.
     */
    static final int WAITING_CHARACTERS_MAX = 4 * 1024 * 1024;

    private static final Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Executor executor;
    private final Queue<QueuedStep> queuedStep = new ArrayDeque<>();
    private int characters; // of those that wait
    private boolean busy;
    private boolean ended;

    private record QueuedStep(int characters, Supplier<CompletionStage<?>> step) {}

    /** @param executor runs the steps, which may block */
    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    /**
     * Takes a step; false if too much waits, or the last one has come.
     *
     * @param ofStep the characters that it holds
     */
    synchronized boolean add(int ofStep, Supplier<CompletionStage<?>> step) {
        if (ended || isFullFor(ofStep)) {
            return false;
        }
        put(ofStep, step);
        next();
        return true;
    }

    private boolean isFullFor(int ofStep) {
        return queuedStep.size() >= WAITING_MAX
                || (!queuedStep.isEmpty() && ofStep > WAITING_CHARACTERS_MAX - characters);
    }

    private void put(int ofStep, Supplier<CompletionStage<?>> step) {
        queuedStep.add(new QueuedStep(ofStep, step));
        characters += ofStep;
    }

    /** Takes the last step, once: what waits is dropped, what is at work is waited for. */
    synchronized void close(Runnable last) {
        if (ended) {
            return;
        }
        ended = true;
        queuedStep.clear();
        characters = 0;
        put(0, () -> {
            last.run();
            return CompletableFuture.completedStage(null);
        });
        next();
    }

    private synchronized void next() {
        QueuedStep first = busy ? null : queuedStep.poll();
        if (first != null) {
            busy = true;
            characters -= first.characters();
            begin(first);
        }
    }

    /** A server that stops takes no more work: what waits is dropped, and its sockets are closed by the server. */
    private void begin(QueuedStep first) {
        try {
            executor.execute(() -> run(first.step()));
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.DEBUG, "a session's steps are dropped", stopping);
            queuedStep.clear();
            characters = 0;
            busy = false;
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
