package dev.lockstep.system.probe.shipping;

import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The planned times of a movement. */
@Embeddable
public class Schedule {
    @Nullable
    Instant departs;

    @Nullable
    Instant arrives;
}
