package dev.lockstep.access.routing;

import dev.lockstep.access.GuardedMutations;
import dev.lockstep.access.RequestMutations;
import dev.lockstep.execution.EngineExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Routers through the access chain. Thread-safe. */
@ApplicationScoped
public class RowRouting {
    @Inject
    private RowRoomLookup lookup;

    @Inject
    private GuardedMutations mutations;

    @Inject
    private RequestMutations requests;

    @Inject
    private EngineExecutor executor;

    /** A router for the mutations of one request. */
    public RowRouter ofRequest() {
        return new RowRouter(
                new RowRouter.Ports(lookup::roomsOf, mutations::submit, requests::submitTogether, executor));
    }
}
