package dev.lockstep.access.chain;

import dev.lockstep.access.RepeatedMutations;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** The step that answers a repeated mutation with its stored result, if a later step refuses it now. */
@Guarded
@Interceptor
@Priority(AccessOrder.REPEATS)
class StoredResultInterceptor {
    @Inject
    private RepeatedMutations repeats;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        Object answer = invocation.proceed();
        if (!(invocation.getParameters()[0] instanceof Mutation mutation)
                || mutation.id().isEmpty()
                || !(answer instanceof CompletionStage<?> stage)) {
            return answer;
        }
        // Steps refuse immediately. The writer has already looked up the stored result of a later failure.
        CompletableFuture<?> completed = stage.toCompletableFuture();
        if (completed.state() != Future.State.FAILED || !(completed.exceptionNow() instanceof SyncException refused)) {
            return answer;
        }
        Optional<MutationResult> first = repeats.storedOutcome(mutation, refused.refusal());
        return first.isPresent() ? CompletableFuture.completedStage(first.get()) : answer;
    }
}
