package dev.lockstep.access.chain;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Base of a step that allows or refuses; a refused request goes no further. */
abstract class GuardInterceptor {
    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        Access access = (Access) invocation.getParameters()[0];
        Optional<Refusal> refusal = refuses(access);
        return refusal.isPresent()
                ? CompletableFuture.failedStage(new SyncException(refusal.get()))
                : invocation.proceed();
    }

    abstract Optional<Refusal> refuses(Access access);
}
