package dev.lockstep.mutation.handled;

import dev.lockstep.api.handler.CollectionHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls of handlers, with a time limit, on the threads of applications. Thread-safe. */
final class HandlerCalls {
    private final Function<Object, Executor> executors;
    private final Duration callMax;

    private record Key(Object room) {}

    HandlerCalls(Function<Object, Executor> executors) {
        this(executors, Duration.ofSeconds(CollectionHandler.CALL_SECONDS_MAX));
    }

    HandlerCalls(Function<Object, Executor> executors, Duration callMax) {
        this.executors = executors;
        this.callMax = callMax;
    }

    /** The executor of the steps around calls. */
    Executor steps(Object room) {
        return executors.apply(room);
    }

    /** The result of a call. A call that has not begun in time is not made. */
    <T> CompletableFuture<T> call(Object room, Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executors.apply(new Key(room)).execute(() -> {
                if (!result.isDone()) {
                    try {
                        result.complete(call.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                }
            });
        } catch (RejectedExecutionException stopping) {
            result.completeExceptionally(stopping);
        }
        return result.orTimeout(callMax.toMillis(), TimeUnit.MILLISECONDS);
    }
}
