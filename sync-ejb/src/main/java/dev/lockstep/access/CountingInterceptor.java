package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessOrder;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.SyncException;
import dev.lockstep.metrics.ApplicationMetrics;
import dev.lockstep.metrics.Metrics;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Counts what came of every request. */
@Guarded
@Interceptor
@Priority(AccessOrder.COUNT)
class CountingInterceptor {
    @Inject
    private Metrics metrics;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        Access access = (Access) invocation.getParameters()[0];
        CompletionStage<?> answer = (CompletionStage<?>) invocation.proceed();
        var unused = answer.whenComplete((result, failure) -> count(access, result, failure));
        return answer; // not the stage that depends on it: a failure would come wrapped
    }

    private void count(Access access, @Nullable Object result, @Nullable Throwable failure) {
        ApplicationMetrics application = metrics.of(access.room().application());
        if (failure != null) {
            refused(application, access, code(failure));
        } else if (result instanceof MutationResult answer) {
            switch (answer) {
                case MutationResult.Applied applied -> application.mutationApplied();
                case MutationResult.Refused refused ->
                    application.mutationRefused(refused.refusal().code());
            }
        }
    }

    private static void refused(ApplicationMetrics application, Access access, ErrorCode code) {
        if (access instanceof Mutation) {
            application.mutationRefused(code);
        } else {
            application.refused(code);
        }
    }

    private static ErrorCode code(Throwable failure) {
        return failure instanceof SyncException refused ? refused.refusal().code() : ErrorCode.INTERNAL;
    }
}
