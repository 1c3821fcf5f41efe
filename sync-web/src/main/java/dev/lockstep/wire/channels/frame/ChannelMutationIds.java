package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.MutationId;

/**
 * Mutation ids of this dialect. Its clients have no client id, so a mutation id is unique for its caller and channel. A repeat
 * gets the first answer whatever its content (contract, "Server").
 */
public final class ChannelMutationIds {
    private static final String DIALECT = "channels:";

    /** The update in the place of a create whose row exists. Its id must differ from that of the create. */
    private static final String UPSERT = "channels-upsert:";

    private ChannelMutationIds() {}

    /** @param channel the name of the channel's collection and room */
    public static MutationId of(String channel, String value) {
        return new MutationId(DIALECT + channel, value).unordered().withoutComparison();
    }

    /** The id of the update that follows a create of an existing row. */
    public static MutationId ofUpsert(String channel, String value) {
        return new MutationId(UPSERT + channel, value).unordered().withoutComparison();
    }

    /** Whether a client of this dialect assigned the value. Its clients do not receive ids of other dialects. */
    static boolean isOfDialect(MutationId id) {
        return id.client().startsWith(DIALECT) || id.client().startsWith(UPSERT);
    }
}
