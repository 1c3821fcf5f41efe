package dev.lockstep.wire.channels;

import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The dialect in the served application: whether it is enabled, and for whom. Thread-safe. */
@ApplicationScoped
class ChannelsDialect {
    @Inject
    private ServedApplication application;

    /** @throws Misconfiguration if a collection assigns ids itself, although clients of this dialect do */
    void serve(@Observes ApplicationStarted applicationStarted) {
        if (isEnabled()) {
            application.collections().forEach(ChannelsDialect::requireIds);
        }
    }

    private static void requireIds(CollectionModel model) {
        if (model.operations().contains(Operation.INSERT) && !model.clientIds()) {
            throw new Misconfiguration(
                    model.entity().getName() + " is served to clients of @sveltebase/sync, which give"
                            + " new rows their ids: add clientIds = true to its @SyncCollection, or leave INSERT out of its"
                            + " operations.");
        }
    }

    /** Whether the web application enables the dialect. */
    boolean isEnabled() {
        return application.speaks(ChannelsApi.class.getName());
    }

    /** Whether connections without credentials are served. */
    boolean allowsUnauthenticated() {
        return application.speaks(ChannelsApi.UNAUTHENTICATED);
    }
}
