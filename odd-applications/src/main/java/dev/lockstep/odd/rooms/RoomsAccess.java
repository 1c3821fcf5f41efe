package dev.lockstep.odd.rooms;

import dev.lockstep.api.Access;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Ownership;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Members read and write everything except other users' personal letters. */
@ApplicationScoped
public class RoomsAccess {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder()
                .requireAuthentication()
                .memberRooms()
                .requireOwner(Ownership.ofInserts())
                .readFilter("letters", RoomsAccess::reads)
                .build();
    }

    private static boolean reads(Access access, Map<String, @Nullable Object> letter) {
        return !Boolean.TRUE.equals(letter.get("personal"))
                || Objects.equals(access.caller().subject().orElse(""), letter.get("author"));
    }
}
