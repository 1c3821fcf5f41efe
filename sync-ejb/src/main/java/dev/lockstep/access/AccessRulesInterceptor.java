package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessOrder;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the application's rules; what they refuse goes no further. */
@Guarded
@Interceptor
@Priority(AccessOrder.RULES)
class AccessRulesInterceptor {
    @Inject
    private ApplicationRules rules;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        Optional<Refusal> refusal = rules.firstRefusal((Access) invocation.getParameters()[0]);
        return refusal.isPresent()
                ? CompletableFuture.failedStage(new SyncException(refusal.get()))
                : invocation.proceed();
    }
}
