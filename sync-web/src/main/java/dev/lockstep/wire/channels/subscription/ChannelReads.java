package dev.lockstep.wire.channels.subscription;

import dev.lockstep.access.CatchupRequest;
import dev.lockstep.access.GuardedCollections;
import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.ListRequest;
import dev.lockstep.access.ReadCapability;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.access.StampRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.filter.RowFilter;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.ListSort;
import dev.lockstep.snapshot.ListChanges;
import dev.lockstep.snapshot.Snapshot;
import dev.lockstep.wire.http.FailureMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Reads of channels, behind the access chain. They block on the database, and fail with a {@code SyncException}. Thread-safe. */
@ApplicationScoped
public class ChannelReads {
    @Inject
    private GuardedCollections collections;

    @Inject
    private GuardedRooms rooms;

    /** The right to subscribe to a channel. */
    public ReadCapability rights(Caller caller, Channel channel) {
        return joined(rooms.rights(RoomAccessRequest.toSubscribe(
                caller, channel.room(), Set.of(channel.model().name()))));
    }

    /** All rows. To be closed by its receiver. */
    public Snapshot all(Caller caller, Channel channel) {
        return list(caller, channel, Optional.empty());
    }

    /** All rows in the order of their stamps, if they have stamps. To be closed by its receiver. */
    public Snapshot byStamp(Caller caller, Channel channel) {
        return list(caller, channel, channel.stamp().map(field -> new ListSort(field, false)));
    }

    private Snapshot list(Caller caller, Channel channel, Optional<ListSort> sort) {
        ListQuery wanted = new ListQuery(Optional.empty(), RowFilter.ALL, sort, Optional.empty(), Integer.MAX_VALUE);
        return joined(collections.list(new ListRequest(
                caller, channel.room(), channel.model(), wanted, Optional.empty(), RowPages.SEPARATOR)));
    }

    /** The changes since a position; empty if the log does not hold them. To be closed by its receiver. */
    public Optional<ListChanges> since(Caller caller, Channel channel, Seq position) {
        try {
            return Optional.of(joined(collections.catchUp(new CatchupRequest(
                    caller, channel.room(), channel.model(), Optional.empty(), position, RowPages.SEPARATOR))));
        } catch (SyncException refused) {
            if (refused.refusal().code() == ErrorCode.BOOTSTRAP_NEEDED) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** The position before the changes with a stamp; empty if there are none. */
    public Optional<Seq> before(Caller caller, Channel channel, long stampMillis) {
        return joined(
                collections.positionBefore(new StampRequest(caller, channel.room(), channel.model(), stampMillis)));
    }

    private static <T> T joined(CompletionStage<T> read) {
        try {
            return read.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw FailureMapper.cause(e) instanceof SyncException refused ? refused : e;
        }
    }
}
