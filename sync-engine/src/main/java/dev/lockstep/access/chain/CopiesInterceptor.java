package dev.lockstep.access.chain;

import dev.lockstep.api.Access;
import dev.lockstep.api.Operation;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.handler.CopiedRows;
import dev.lockstep.handler.Handlers;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletableFuture;

/** The step that copies the rows of handlers, with the first read of a room. It decides nothing. */
@Guarded
@Interceptor
@Priority(AccessOrder.COPIES)
class CopiesInterceptor {
    @Inject
    private Handlers handlers;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private CopiedRows copies;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        Access access = (Access) invocation.getParameters()[0];
        boolean isRead = access.operation() == Operation.READ || access.operation() == Operation.SUBSCRIBE;
        if (isRead && !handlers.isEmpty()) {
            try {
                copy(access);
            } catch (SyncException refused) {
                return CompletableFuture.failedStage(refused);
            }
        }
        return invocation.proceed();
    }

    private void copy(Access access) {
        String application = access.room().application();
        access.collections().stream()
                .filter(name -> handlers.find(application, name).isPresent())
                .flatMap(name -> collections.find(application, name).stream())
                .filter(model -> model.isSingleTenant() || !access.room().isShared())
                .forEach(model -> copies.require(model, model.roomOf(access.room())));
    }
}
