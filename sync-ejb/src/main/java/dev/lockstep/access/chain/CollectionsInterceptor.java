package dev.lockstep.access.chain;

import dev.lockstep.access.Subscription;
import dev.lockstep.access.policy.CollectionAccess;
import dev.lockstep.api.Access;
import dev.lockstep.api.AccessOrder;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Asks what may be done to which collection. A subscription goes on with the collections that may be followed. */
@Guarded
@Interceptor
@Priority(AccessOrder.COLLECTIONS)
class CollectionsInterceptor {
    @Inject
    private CollectionAccess collections;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        Access access = (Access) invocation.getParameters()[0];
        if (access instanceof Subscription subscription) {
            return follow(subscription, invocation);
        }
        Optional<Refusal> refusal = collections.firstRefusal(access);
        return refusal.isPresent() ? refused(refusal.get()) : invocation.proceed();
    }

    private Object follow(Subscription subscription, InvocationContext invocation) throws Exception {
        Set<CollectionName> open = new LinkedHashSet<>();
        Optional<Refusal> first = Optional.empty();
        for (CollectionName name : subscription.collections()) {
            Optional<Refusal> refusal = collections.refuses(subscription, name, subscription.operation());
            if (refusal.isEmpty()) {
                open.add(name);
            } else if (first.isEmpty()) {
                first = refusal;
            }
        }
        if (open.isEmpty() && first.isPresent()) {
            return refused(first.get());
        }
        invocation.setParameters(new Object[] {subscription.to(open)});
        return invocation.proceed();
    }

    private static Object refused(Refusal refusal) {
        return CompletableFuture.failedStage(new SyncException(refusal));
    }
}
