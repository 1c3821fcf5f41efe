package dev.lockstep.access.chain;

import dev.lockstep.api.Access;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.trace.Trace;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The step that logs each request with its caller and outcome, while tracing is enabled. */
@Guarded
@Interceptor
@Priority(AccessOrder.TRACE)
class TraceInterceptor extends ObservingInterceptor {
    @Inject
    private Trace trace;

    @Inject
    private EngineExecutor executor;

    @Override
    boolean isInterested(Access access) {
        return trace.isEnabled();
    }

    @Override
    void onAnswer(Access access, @Nullable Object result, @Nullable Throwable failure, long startedNanos) {
        String step = describe(access, result, failure, startedNanos);
        executor.execute(() -> trace.step(() -> step)); // not on the publisher's thread: writing the log may be slow
    }

    private static String describe(
            Access access, @Nullable Object result, @Nullable Throwable failure, long startedNanos) {
        String mutation = access instanceof Mutation asked
                ? " mutation=" + asked.id().map(MutationId::value).orElse("none") + " changes="
                        + asked.changes().size()
                : "";
        return access.operation() + " room=" + access.room() + " caller="
                + access.caller().subject().orElse("anonymous") + mutation + " result=" + outcome(result, failure)
                + " after=" + Trace.millis(Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    private static String outcome(@Nullable Object result, @Nullable Throwable failure) {
        if (failure instanceof SyncException refused) {
            return refused.refusal().code().name();
        }
        if (failure != null) {
            return failure.getClass().getSimpleName();
        }
        return result instanceof MutationResult answer ? outcome(answer) : "DONE";
    }

    private static String outcome(MutationResult answer) {
        return switch (answer) {
            case MutationResult.Applied applied -> "APPLIED seq=" + applied.last();
            case MutationResult.Refused refused -> refused.refusal().code().name();
        };
    }
}
