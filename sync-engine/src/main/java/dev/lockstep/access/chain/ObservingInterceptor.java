package dev.lockstep.access.chain;

import dev.lockstep.access.PreliminaryCheck;
import dev.lockstep.api.Access;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Base of a step that observes requests and answers. An exception of an inner step becomes a failed stage. */
abstract class ObservingInterceptor {
    @AroundInvoke
    Object around(InvocationContext invocation) {
        Access access = (Access) invocation.getParameters()[0];
        if (!isInterested(access)) {
            return proceed(invocation);
        }
        long started = System.nanoTime();
        boolean isPreliminary = access.context().get(PreliminaryCheck.class).isPresent();
        if (!isPreliminary) {
            onRequest(access);
        }
        CompletionStage<?> answer = proceed(invocation);
        var unused = answer.whenComplete((result, failure) -> {
            if (!isPreliminary || failure != null) {
                onAnswer(access, result, failure, started);
            }
        });
        return answer; // not the dependent stage, in which a failure would be wrapped
    }

    private static CompletionStage<?> proceed(InvocationContext invocation) {
        try {
            return (CompletionStage<?>) invocation.proceed();
        } catch (Exception thrown) {
            return CompletableFuture.failedStage(thrown);
        }
    }

    boolean isInterested(Access access) {
        return true;
    }

    void onRequest(Access access) {}

    /** Called on any thread, including the publisher's: must not block, log, or call an application. */
    abstract void onAnswer(Access access, @Nullable Object result, @Nullable Throwable failure, long startedNanos);
}
