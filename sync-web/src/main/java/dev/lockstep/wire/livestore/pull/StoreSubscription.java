package dev.lockstep.wire.livestore.pull;

import dev.lockstep.access.StoreReader;
import dev.lockstep.room.Encoder;
import dev.lockstep.wire.livestore.rpc.ChunkWriter;
import dev.lockstep.wire.socket.Backlog;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.Subscription;
import dev.lockstep.wire.socket.SubscriptionProtocol;
import java.util.List;
import java.util.Optional;

/** A live pull: the backlog, then chunks of new events on the same request. Thread-safe. */
public final class StoreSubscription implements SubscriptionProtocol, StorePull {
    private final Connection connection;
    private final String requestId;
    private final StoreReader reader;
    private final long after;
    private final String before;
    private final String behind;
    private volatile Optional<StoreBacklog> backlog = Optional.empty();
    private volatile Optional<Subscription> subscription = Optional.empty();

    /** @param after the number of the last event that the client has */
    public StoreSubscription(Connection connection, String requestId, StoreReader reader, long after) {
        this.connection = connection;
        this.requestId = requestId;
        this.reader = reader;
        this.after = after;
        this.before = ChunkWriter.before(requestId);
        this.behind = ChunkWriter.after(reader.backendId());
    }

    @Override
    public void begin() {
        subscription = Optional.of(connection.subscribe(reader.capability(), this));
    }

    @Override
    public void acknowledged() {
        backlog.ifPresent(StoreBacklog::acknowledged);
    }

    @Override
    public void end() {
        subscription.ifPresent(connection::unsubscribe);
    }

    @Override
    public void updateRights(StoreReader granted) {
        subscription.ifPresent(each -> connection.updateRights(each, granted.capability()));
    }

    @Override
    public Encoder<List<Frame>> encoder() {
        return StoreChunks.BATCHES;
    }

    @Override
    public Optional<Backlog> backlog(Backlog.Listener listener) {
        StoreBacklog made = new StoreBacklog(requestId, reader.backendId(), reader::page, after, listener);
        backlog = Optional.of(made);
        return Optional.of(made);
    }

    @Override
    public Frame addressed(Frame shared) {
        return shared.between(before, behind);
    }
}
