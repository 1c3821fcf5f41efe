package dev.lockstep.wire.strata;

import dev.lockstep.wire.ServedApplication;
import dev.lockstep.wire.Serving;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/** What the served application's collections look like in this dialect. */
@ApplicationScoped
class StrataDialect {
    @Inject
    private ServedApplication application;

    private volatile StrataFrames frames = new StrataFrames(List.of());

    void serve(@Observes Serving application) {
        frames = new StrataFrames(this.application.collections());
    }

    StrataFrames frames() {
        return frames;
    }

    /** Whether the web application has named the dialect. */
    boolean isSpoken() {
        return application.speaks(StrataApi.class.getName());
    }
}
