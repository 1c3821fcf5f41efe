package dev.lockstep.access.chain;

import dev.lockstep.access.policy.OwnershipCheck;
import dev.lockstep.access.policy.OwnershipCheck.Decision;
import dev.lockstep.api.Access;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletableFuture;

/** The step that checks the owners of written rows, where the policy says so; adds row conditions to the mutation. */
@Guarded
@Interceptor
@Priority(AccessOrder.OWNERSHIP)
class OwnershipInterceptor {
    @Inject
    private OwnershipCheck ownershipCheck;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        if (!((Access) invocation.getParameters()[0] instanceof Mutation mutation)) {
            return invocation.proceed();
        }
        return switch (ownershipCheck.check(mutation)) {
            case Decision.Refused refused -> CompletableFuture.failedStage(new SyncException(refused.refusal()));
            case Decision.Conditional conditional -> {
                invocation.setParameters(new Object[] {mutation.withConditions(conditional.conditions())});
                yield invocation.proceed();
            }
            case Decision.Allowed allowed -> invocation.proceed();
        };
    }
}
