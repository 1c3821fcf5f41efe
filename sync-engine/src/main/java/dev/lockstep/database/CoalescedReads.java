package dev.lockstep.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Coalescing of equal reads: one read serves all callers that request the same before it begins. A new version of an
 * application makes many clients read everything at the same time. A later caller gets a read of its own, so that its
 * result is never older than its request. Thread-safe.
 *
 * @param <K> the request; equal for equal requests
 * @param <T> the result
 */
public final class CoalescedReads<K, T> {
    /** Most callers of one read. A further one begins another read. */
    static final int CALLERS_MAX = 250;

    private final ReadBulkhead bulkhead;
    private final BiFunction<T, Integer, List<T>> share;
    private final Runnable onShared;
    private final Map<K, List<CompletableFuture<T>>> waiting = new HashMap<>();

    /**
     * Creates an empty instance.
     *
     * @param bulkhead runs the reads
     * @param share makes as many copies of a result as there are callers
     * @param onShared called for each caller that shares another's read; must not block
     */
    public CoalescedReads(ReadBulkhead bulkhead, BiFunction<T, Integer, List<T>> share, Runnable onShared) {
        this.bulkhead = bulkhead;
        this.share = share;
        this.onShared = onShared;
    }

    /** Reads as soon as a permit is free, or joins a waiting read. Fails as {@link ReadBulkhead#submit}. */
    public CompletionStage<T> submit(K key, Supplier<T> reader) {
        CompletableFuture<T> result = new CompletableFuture<>();
        List<CompletableFuture<T>> callers = new ArrayList<>(List.of(result));
        synchronized (waiting) {
            List<CompletableFuture<T>> others = waiting.get(key);
            if (others != null && others.size() < CALLERS_MAX) {
                others.add(result);
                onShared.run();
                return result;
            }
            waiting.put(key, callers);
        }
        var unused = bulkhead.submit(() -> {
                    begin(key, callers);
                    return share.apply(reader.get(), callers.size());
                })
                .whenComplete((read, failure) -> {
                    begin(key, callers); // a refused read never began
                    complete(callers, read, failure);
                });
        return result;
    }

    /** Closes the read to further callers. */
    private void begin(K key, List<CompletableFuture<T>> callers) {
        synchronized (waiting) {
            waiting.remove(key, callers);
        }
    }

    private void complete(List<CompletableFuture<T>> callers, @Nullable List<T> read, @Nullable Throwable failure) {
        for (int i = 0; i < callers.size(); i++) {
            if (read != null) {
                callers.get(i).complete(read.get(i));
            } else {
                callers.get(i).completeExceptionally(failure);
            }
        }
    }
}
