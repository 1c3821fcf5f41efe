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
 * Limit of concurrent reads. Waiting reads run in the order of their submission: each occupies a connection and a
 * processor, and a restart brings all clients back at the same time. Thread-safe.
 */
public final class ReadBulkhead {
    private final int readersMax;
    private final int waitingMax;
    private final Function<RejectedExecutionException, RuntimeException> refusal;
    private final Executor executor;
    private final Queue<QueuedRead<?>> waiting = new ArrayDeque<>();
    private int reading;

    private record QueuedRead<T>(Supplier<T> reader, CompletableFuture<T> read) {
        void run() {
            try {
                read.complete(reader.get());
            } catch (RuntimeException | Error e) { // the permit must be released, and the caller waits for the result
                read.completeExceptionally(e);
            }
        }
    }

    /**
     * Creates a bulkhead.
     *
     * @param readersMax most concurrent reads; more wait
     * @param waitingMax most waiting reads; one more is refused
     * @param refusal makes the failure of a read if too many wait, or if the executor rejects it
     * @param executor runs the reads, which block
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

    /** Reads as soon as a permit is free. Fails with the exception of the reader, or with the refusal. */
    public <T> CompletionStage<T> submit(Supplier<T> reader) {
        QueuedRead<T> queuedRead = new QueuedRead<>(reader, new CompletableFuture<>());
        synchronized (this) {
            if (reading >= readersMax && waiting.size() >= waitingMax) {
                return CompletableFuture.failedStage(
                        refusal.apply(new RejectedExecutionException(waitingMax + " reads are waiting")));
            }
            waiting.add(queuedRead);
        }
        startNext();
        return queuedRead.read();
    }

    /** Whether a read that is submitted now would start at once. */
    public synchronized boolean hasFree() {
        return reading < readersMax && waiting.isEmpty();
    }

    /** The number of waiting reads. */
    public synchronized int waiting() {
        return waiting.size();
    }

    private void startNext() {
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
                queuedRead.run();
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
        startNext();
    }
}
