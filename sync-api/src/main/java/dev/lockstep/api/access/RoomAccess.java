package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import java.util.Optional;

/**
 * Rule for entering rooms. Called for every read, write and subscription, but not for anonymous callers, who may enter no
 * room. Called from many threads at once; must not block for long. An exception refuses the request as
 * {@link ErrorCode#FORBIDDEN}, a {@link SyncException} with its own refusal.
 */
@FunctionalInterface
public interface RoomAccess {
    /**
     * The refusal; empty to allow the request.
     *
     * @param user the caller's subject
     */
    Optional<Refusal> refuses(String user, Access access);

    /** Each user may enter one room, named like the user. */
    static RoomAccess ownRoom() {
        return (user, access) -> access.room().name().equals(user)
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: syncId must be '" + user + "', got '"
                        + access.room().name() + "'. The syncId must match the userId exactly."));
    }

    /** Each user may enter one room, named like the user after a prefix. */
    static RoomAccess ownRoom(String prefix) {
        return (user, access) -> access.room().name().equals(prefix + user)
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: syncId must be '" + prefix + user + "', got '"
                        + access.room().name() + "'. The syncId requires the '" + prefix + "' prefix."));
    }
}
