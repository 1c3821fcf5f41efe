package dev.lockstep.access.chain;

import dev.lockstep.access.PreliminaryCheck;
import dev.lockstep.api.Access;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A step that lets everything pass, and looks at what comes of it. What is thrown further in comes out as a failed stage. */
abstract class ObservingInterceptor {
    @AroundInvoke
    Object around(InvocationContext invocation) {
        Access access = (Access) invocation.getParameters()[0];
        if (!isInterested(access)) {
            return proceed(invocation);
        }
        long started = System.nanoTime();
        boolean isAskedAgain = access.context().get(PreliminaryCheck.class).isPresent();
        if (!isAskedAgain) {
            onRequest(access);
        }
        CompletionStage<?> answer = proceed(invocation);
        var unused = answer.whenComplete((result, failure) -> {
            if (!isAskedAgain || failure != null) {
                onAnswer(access, result, failure, started);
            }
        });
        return answer; // not the stage that depends on it: a failure would come wrapped
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

    /** Called on any thread, that of the publisher too: must not block, log, nor call an application. */
    abstract void onAnswer(Access access, @Nullable Object result, @Nullable Throwable failure, long startedNanos);
}
