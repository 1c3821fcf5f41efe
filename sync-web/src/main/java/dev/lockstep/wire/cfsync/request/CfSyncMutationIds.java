package dev.lockstep.wire.cfsync.request;

import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;

/** Mutation ids of this dialect. Its clients have no client id, so a mutation id is unique within its room. */
public final class CfSyncMutationIds {
    private static final String DIALECT = "cfsync:";

    private CfSyncMutationIds() {}

    /** @throws IllegalArgumentException if the value is empty or too long */
    public static MutationId of(RoomId room, String value) {
        return new MutationId(DIALECT + room.name(), value).unordered();
    }

    /** Whether a client of this dialect assigned the id. Its clients do not receive ids of other dialects. */
    public static boolean isOfDialect(MutationId id) {
        return id.client().startsWith(DIALECT);
    }
}
