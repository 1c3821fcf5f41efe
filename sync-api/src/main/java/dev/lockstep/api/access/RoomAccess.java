package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import java.util.Optional;

/**
 * Who may enter which room. Asked for every read, write and subscription, never for anonymous callers: they may enter
 * none. Called from many threads at once; must not block for long. An exception refuses, with
 * {@link ErrorCode#FORBIDDEN}; a {@link SyncException} with its own refusal.
 */
@FunctionalInterface
public interface RoomAccess {
    /**
     * Empty to let somebody in; otherwise why not.
     *
     * @param user the caller's subject
     */
    Optional<Refusal> refuses(String user, Access access);

    /** Everybody has one room, named like the user. */
    static RoomAccess ownRoom() {
        return (user, access) -> access.room().name().equals(user)
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: syncId must be '" + user + "', got '"
                        + access.room().name() + "'. The syncId must match the userId exactly."));
    }

    /** Everybody has one room, named like the user with something before it. */
    static RoomAccess ownRoom(String prefix) {
        return (user, access) -> access.room().name().equals(prefix + user)
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: syncId must be '" + prefix + user + "', got '"
                        + access.room().name() + "'. The syncId requires the '" + prefix + "' prefix."));
    }
}
