package dev.lockstep.wire.cfsync;

import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;

/** The ids of this dialect's mutations: its clients have no id of their own, so that an id is unique within its room. */
final class CfSyncMutationIds {
    private static final String DIALECT = "cfsync:";

    private CfSyncMutationIds() {}

    /** @throws IllegalArgumentException if the value is empty or too long */
    static MutationId of(RoomId room, String value) {
        return new MutationId(DIALECT + room.name(), value, false);
    }

    /** Whether a client of this dialect has given the id. Ids of other dialects are not shown to its clients. */
    static boolean isOurs(MutationId id) {
        return id.client().startsWith(DIALECT);
    }
}
