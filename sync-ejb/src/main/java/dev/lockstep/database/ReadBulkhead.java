package dev.lockstep.database;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets few readers read at a time, in the order in which they ask: each takes a connection and a processor for a while,
 * and a restart brings everybody back at once. Thread-safe.
 */
public final class ReadBulkhead {
    private final int readersMax;
    private final int waitingMax;
    private final Function<RejectedExecutionException, RuntimeException> refusal;
    private final Executor executor;
    private final Queue<QueuedRead<?>> waiting = new ArrayDeque<>();
    private int reading;

    private record QueuedRead<T>(Supplier<T> reader, CompletableFuture<T> read) {
        void take() {
            try {
                read.complete(reader.get());
            } catch (RuntimeException | Error e) { // others wait for the turn's end, and somebody for what is read
                read.completeExceptionally(e);
            }
        }
    }

    /**
     * Turns.
     *
     * @param readersMax how many are read at a time; more wait
     * @param waitingMax how many wait; one more is refused
     * @param refusal what a reader is told if too many wait, or the executor takes nothing more
     * @param executor runs what is read, which blocks
     */
    public ReadBulkhead(
            int readersMax,
            int waitingMax,
            Function<RejectedExecutionException, RuntimeException> refusal,
            Executor executor) {
        this.readersMax = readersMax;
        this.waitingMax = waitingMax;
        this.refusal = refusal;
        this.executor = executor;
    }

    /** Reads something when its turn has come. Fails with what the reader throws, or the refusal. */
    public <T> CompletionStage<T> submit(Supplier<T> reader) {
        QueuedRead<T> queuedRead = new QueuedRead<>(reader, new CompletableFuture<>());
        synchronized (this) {
            if (reading >= readersMax && waiting.size() >= waitingMax) {
                return CompletableFuture.failedStage(
                        refusal.apply(new RejectedExecutionException(waitingMax + " readers wait")));
            }
            waiting.add(queuedRead);
        }
        next();
        return queuedRead.read();
    }

    /** Whether somebody who asked now would read at once. */
    public synchronized boolean hasFree() {
        return reading < readersMax && waiting.isEmpty();
    }

    /** How many wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    private void next() {
        QueuedRead<?> queuedRead;
        synchronized (this) {
            queuedRead = reading < readersMax ? waiting.poll() : null;
            if (queuedRead == null) {
                return;
            }
            reading++;
        }
        try {
            executor.execute(() -> {
                queuedRead.take();
                release();
            });
        } catch (RuntimeException stopping) {
            queuedRead
                    .read()
                    .completeExceptionally(
                            stopping instanceof RejectedExecutionException rejected
                                    ? refusal.apply(rejected)
                                    : stopping);
            release();
        }
    }

    private void release() {
        synchronized (this) {
            reading--;
        }
        next();
    }
}
