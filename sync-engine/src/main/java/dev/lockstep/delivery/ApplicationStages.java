package dev.lockstep.delivery;

import dev.lockstep.api.RoomId;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.room.ResponseBarrier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Completes the stages of application code on threads that it may block. Thread-safe. */
@ApplicationScoped
public class ApplicationStages {
    /** Most answers of one room that wait for a thread. See {@link #isFull}. */
    static final int WAITING_MAX = 10_000;

    @Inject
    private ResponseBarrier responseBarrier;

    @Inject
    private ApplicationExecutor application;

    /** Runs the application code of a room. Frames wait for stages that the publisher completes, as for every answer. */
    public Executor executor(RoomId room) {
        return responseBarrier.on(application.of(room));
    }

    /** The same stage, for application code. It completes on the calling thread only if it is already complete. */
    public <T> CompletionStage<T> of(RoomId room, CompletionStage<T> stage) {
        if (stage.toCompletableFuture().isDone()) {
            return stage;
        }
        Executor executor = executor(room);
        CompletableFuture<T> answer = new CompletableFuture<>();
        var unused = stage.whenComplete((result, fault) -> executor.execute(() -> {
            assert ApplicationExecutor.isApplicationThread(Thread.currentThread())
                    : "a public stage completes on a thread of the engine";
            if (fault == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(fault);
            }
        }));
        return answer;
    }

    /** Whether too many answers of a room wait for application code. */
    public boolean isFull(RoomId room) {
        return application.waiting(room) >= WAITING_MAX;
    }
}
