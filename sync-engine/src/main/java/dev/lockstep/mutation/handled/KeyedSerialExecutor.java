package dev.lockstep.mutation.handled;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs the steps of each key one after another, each when the stage of the one before has completed. Thread-safe. */
final class KeyedSerialExecutor {
    /** Most steps of one key that wait. */
    static final int WAITING_MAX = 1_000;

    private final Map<Object, Queue> queues = new HashMap<>();

    private static final class Queue {
        private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);
        private int length;
    }

    /**
     * Adds a step.
     *
     * @param executor where the step begins
     * @param failed receives the failure of the step or of its stage
     * @return whether there was room for it
     */
    boolean add(Object key, Executor executor, Supplier<CompletionStage<?>> step, Consumer<Throwable> failed) {
        CompletableFuture<?> added;
        synchronized (queues) {
            Queue queue = queues.computeIfAbsent(key, first -> new Queue());
            if (queue.length >= WAITING_MAX) {
                return false;
            }
            queue.length++;
            added = queue.tail.handle((result, failure) -> null).thenComposeAsync(before -> step.get(), executor);
            queue.tail = added;
        }
        var unused = added.whenComplete((result, failure) -> {
            end(key);
            if (failure != null) {
                failed.accept(failure);
            }
        });
        return true;
    }

    private void end(Object key) {
        synchronized (queues) {
            Queue queue = queues.get(key);
            if (queue != null && --queue.length == 0) {
                queues.remove(key);
            }
        }
    }
}
