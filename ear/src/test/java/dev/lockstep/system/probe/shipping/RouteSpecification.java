package dev.lockstep.system.probe.shipping;

import jakarta.persistence.Embeddable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The place and the day of a cargo's arrival. */
@Embeddable
public class RouteSpecification {
    @Nullable
    String destination;

    @Nullable
    LocalDate deadline;
}
