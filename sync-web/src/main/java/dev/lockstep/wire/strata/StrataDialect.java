package dev.lockstep.wire.strata;

import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.strata.frame.StrataFrames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/** The dialect in the served application: whether it is enabled, and the encoding of the collections. Thread-safe. */
@ApplicationScoped
class StrataDialect {
    @Inject
    private ServedApplication application;

    private volatile StrataFrames frames = new StrataFrames(List.of());

    /** @throws Misconfiguration if a collection assigns ids itself, although clients of this dialect do */
    void serve(@Observes ApplicationStarted applicationStarted) {
        if (isEnabled()) {
            application.collections().forEach(StrataDialect::requireIds);
        }
        frames = new StrataFrames(application.collections());
    }

    private static void requireIds(CollectionModel model) {
        if (model.operations().contains(Operation.INSERT)
                && !model.clientIds()
                && model.compositeKey().isEmpty()) {
            throw new Misconfiguration(model.entity().getName() + " is served to clients of Strata Sync, which give new"
                    + " rows their ids: add clientIds = true to its @SyncCollection, or leave INSERT out of its"
                    + " operations.");
        }
    }

    StrataFrames frames() {
        return frames;
    }

    /** Whether the web application enables the dialect. */
    boolean isEnabled() {
        return application.speaks(StrataApi.class.getName());
    }
}
