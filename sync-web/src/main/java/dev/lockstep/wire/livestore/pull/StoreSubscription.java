package dev.lockstep.wire.livestore.pull;

import dev.lockstep.room.Encoder;
import dev.lockstep.wire.livestore.rpc.ChunkWriter;
import dev.lockstep.wire.socket.Backlog;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SubscriptionProtocol;
import java.util.List;
import java.util.Optional;

/** The chunks of a live pull: the backlog, then new events on the same request. Thread-safe. */
final class StoreSubscription implements SubscriptionProtocol {
    private final String requestId;
    private final String backendId;
    private final StorePages.Source source;
    private final long after;
    private final String beforeBatch;
    private final String afterBatch;
    private volatile Optional<StoreBacklog> backlog = Optional.empty();

    /** @param after the number of the last event that the client has */
    StoreSubscription(String requestId, String backendId, StorePages.Source source, long after) {
        this.requestId = requestId;
        this.backendId = backendId;
        this.source = source;
        this.after = after;
        this.beforeBatch = ChunkWriter.before(requestId);
        this.afterBatch = ChunkWriter.after(backendId);
    }

    /** The client has processed a chunk. Never blocks. */
    void acknowledged() {
        backlog.ifPresent(StoreBacklog::acknowledged);
    }

    @Override
    public Encoder<List<Frame>> encoder() {
        return StoreChunks.BATCHES;
    }

    @Override
    public Optional<Backlog> backlog(Backlog.Listener listener) {
        StoreBacklog made = new StoreBacklog(requestId, backendId, source, after, listener);
        backlog = Optional.of(made);
        return Optional.of(made);
    }

    @Override
    public Frame addressed(Frame shared) {
        return shared.between(beforeBatch, afterBatch);
    }
}
