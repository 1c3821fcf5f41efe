package dev.lockstep.system.probe.handled;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** A part that is kept for a lane is shown at that lane only. */
@ApplicationScoped
public class PartsAccess {
    private static final String KEPT = "kept for ";

    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder()
                .readFilter("parts", (access, row) -> {
                    String name = String.valueOf(row.get("name"));
                    return !name.startsWith(KEPT)
                            || name.equals(KEPT + access.caller().claims().get(DeskClaims.LANE));
                })
                .build();
    }
}
