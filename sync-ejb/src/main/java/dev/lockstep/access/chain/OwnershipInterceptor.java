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

/** Looks whose rows are written, where the policy says it; what depends on the rows goes on with the mutation. */
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
        return switch (ownershipCheck.claim(mutation)) {
            case Decision.Refused refused -> CompletableFuture.failedStage(new SyncException(refused.refusal()));
            case Decision.Held held -> {
                invocation.setParameters(new Object[] {mutation.under(held.conditions())});
                yield invocation.proceed();
            }
            case Decision.None none -> invocation.proceed();
        };
    }
}
