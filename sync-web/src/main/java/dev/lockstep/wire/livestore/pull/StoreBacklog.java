package dev.lockstep.wire.livestore.pull;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.event.EventRange;
import dev.lockstep.room.EncodedCommit;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.livestore.pull.StorePages.Part;
import dev.lockstep.wire.livestore.rpc.ChunkWriter;
import dev.lockstep.wire.socket.Backlog;
import dev.lockstep.wire.socket.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The backlog of a live pull. The numbers of events decide what is sent: pages are read after the room was joined, until none
 * remain; then a live commit is sent if it follows the last event that was sent, and skipped if the client has it. Otherwise
 * pages are read again. A page follows when the client has acknowledged the one before.
 */
final class StoreBacklog implements Backlog {
    private final String requestId;
    private final String backendId;
    private final Listener listener;
    private final StorePages pages;
    private @Nullable Source rooms;
    private long sent;
    private boolean isBehind = true;
    private boolean isAnswered;
    private volatile boolean isAckDue;

    /** @param after the number of the last event that the client has */
    StoreBacklog(String requestId, String backendId, StorePages.Source source, long after, Listener listener) {
        this.requestId = requestId;
        this.backendId = backendId;
        this.listener = listener;
        this.sent = after;
        this.pages = new StorePages(source, after, listener::onAvailable, this::failed);
    }

    private void failed(Throwable failure) {
        if (FailureMapper.cause(failure) instanceof SyncException refused
                && refused.refusal().code() == ErrorCode.STORE_RESET) {
            listener.onHistoryLost();
        } else {
            var unused =
                    FailureMapper.refusal("A page of an event store could not be read; the socket is closed", failure);
            listener.onBacklogUnreadable();
        }
    }

    /** The client has processed a chunk. Called on any thread. */
    void acknowledged() {
        if (isAckDue) {
            isAckDue = false;
            listener.onAvailable();
        }
    }

    @Override
    public synchronized void start(Source source) {
        rooms = source;
        listener.onAvailable();
    }

    @Override
    public boolean isBehind(Joined at) {
        return isBehind;
    }

    @Override
    public @Nullable List<Frame> take(Joined at) {
        Part part = isAckDue ? null : pages.next();
        if (part == null) {
            return null;
        }
        isBehind = part.remaining() > 0;
        isAckDue = isBehind;
        sent = part.last();
        if (part.events().isEmpty() && isAnswered) {
            return List.of(); // read again, and nothing was missing
        }
        isAnswered = true;
        return List.of(new Frame(ChunkWriter.chunk(requestId, backendId, part.events(), part.remaining())));
    }

    @Override
    public boolean isPaused() {
        return false;
    }

    @Override
    public boolean isNews(EncodedCommit delivery) {
        List<EntityId> appends = StoreChunks.appends(delivery.commit());
        if (appends.isEmpty()) {
            return false;
        }
        if (appends.stream().anyMatch(EventRange::isReset)) {
            listener.onHistoryLost();
            return false;
        }
        long parent = EventRange.of(appends.getFirst()).parent();
        long last = EventRange.of(appends.getLast()).last();
        if (last <= sent) {
            return false;
        }
        if (parent != sent || !StoreChunks.hasEvents(delivery.commit())) {
            restart();
            return false;
        }
        sent = last;
        return true;
    }

    private void restart() {
        isBehind = true;
        pages.restart(sent);
    }

    @Override
    public void fellBehind() {
        restart();
        rejoin();
    }

    private synchronized void rejoin() {
        if (rooms != null) {
            rooms.rejoin();
        }
    }

    @Override
    public void forget() {
        restart();
    }
}
