package dev.lockstep.wire.channels;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.ClientIds;
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
            application.collections().forEach(model -> ClientIds.require(model, "@sveltebase/sync"));
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
