package dev.lockstep.access.chain;

import dev.lockstep.access.policy.Ownerships;
import dev.lockstep.access.policy.Ownerships.Claim;
import dev.lockstep.api.Access;
import dev.lockstep.api.AccessOrder;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.SyncException;
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
    private Ownerships ownerships;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        if (!((Access) invocation.getParameters()[0] instanceof Mutation mutation)) {
            return invocation.proceed();
        }
        return switch (ownerships.claim(mutation)) {
            case Claim.Refused refused -> CompletableFuture.failedStage(new SyncException(refused.refusal()));
            case Claim.Held held -> {
                invocation.setParameters(new Object[] {mutation.under(held.conditions())});
                yield invocation.proceed();
            }
            case Claim.None none -> invocation.proceed();
        };
    }
}
