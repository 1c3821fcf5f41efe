package dev.lockstep.wire.strata;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.ClientIds;
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
            application.collections().forEach(StrataDialect::requireClientIds);
        }
        frames = new StrataFrames(application.collections());
    }

    private static void requireClientIds(CollectionModel model) {
        if (model.compositeKey().isEmpty()) {
            ClientIds.require(model, "Strata Sync");
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
