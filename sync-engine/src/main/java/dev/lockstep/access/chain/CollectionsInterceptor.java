package dev.lockstep.access.chain;

import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.access.policy.CollectionAccess;
import dev.lockstep.api.Access;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The step that checks operations against the rules of their collections. A request for a room continues with the
 * collections that the caller may see.
 */
@Guarded
@Interceptor
@Priority(AccessOrder.COLLECTIONS)
class CollectionsInterceptor {
    @Inject
    private CollectionAccess collections;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        Access access = (Access) invocation.getParameters()[0];
        if (access instanceof RoomAccessRequest request) {
            return restrict(request, invocation);
        }
        Optional<Refusal> refusal = collections.firstRefusal(access);
        return refusal.isPresent() ? refused(refusal.get()) : invocation.proceed();
    }

    private Object restrict(RoomAccessRequest request, InvocationContext invocation) throws Exception {
        Set<CollectionName> open = new LinkedHashSet<>();
        Optional<Refusal> first = Optional.empty();
        for (CollectionName name : request.collections()) {
            Optional<Refusal> refusal = collections.refuses(request, name, request.operation());
            if (refusal.isEmpty()) {
                open.add(name);
            } else if (first.isEmpty()) {
                first = refusal;
            }
        }
        if (open.isEmpty() && first.isPresent()) {
            return refused(first.get());
        }
        invocation.setParameters(new Object[] {request.withCollections(open)});
        return invocation.proceed();
    }

    private static Object refused(Refusal refusal) {
        return CompletableFuture.failedStage(new SyncException(refusal));
    }
}
