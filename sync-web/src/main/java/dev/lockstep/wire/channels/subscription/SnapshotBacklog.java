package dev.lockstep.wire.channels.subscription;

import dev.lockstep.room.Delivery;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.socket.Backlog;
import dev.lockstep.wire.socket.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The backlog of a client 1.x: the frames of a snapshot, one at a time, then the log after the snapshot's position. A frame is
 * made when the one before it has been taken.
 */
final class SnapshotBacklog implements Backlog {
    private static final Logger LOG = System.getLogger(SnapshotBacklog.class.getName());

    private final Iterator<Frame> snapshot;
    private final Backlog log;
    private final Executor executor;
    private final Listener listener;
    private final UnaryOperator<Frame> addressed;
    private final Runnable onSent;
    private final AtomicReference<@Nullable Made> made = new AtomicReference<>();
    private boolean isSent; // of the taker

    /** A frame of the snapshot, and whether it is the last. */
    private record Made(List<Frame> frames, boolean isLast) {}

    /**
     * A backlog of which nothing was sent.
     *
     * @param snapshot the frames, which are made while they are iterated; that may block
     * @param executor where they are made
     * @param addressed makes the frame of this subscription
     * @param onSent runs when the last frame of the snapshot is taken, or will not be
     */
    SnapshotBacklog(
            Iterator<Frame> snapshot,
            Backlog log,
            Executor executor,
            Listener listener,
            UnaryOperator<Frame> addressed,
            Runnable onSent) {
        this.snapshot = snapshot;
        this.log = log;
        this.executor = executor;
        this.listener = listener;
        this.addressed = addressed;
        this.onSent = onSent;
    }

    @Override
    public void start(Source source) {
        log.start(source);
        makeNext();
    }

    private void makeNext() {
        try {
            executor.execute(this::make);
        } catch (RejectedExecutionException stopping) {
            listener.onBacklogUnreadable();
        }
    }

    private void make() {
        try {
            List<Frame> frames = snapshot.hasNext() ? List.of(snapshot.next()) : List.of();
            made.set(new Made(frames, !snapshot.hasNext()));
            listener.onAvailable();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A snapshot of a channel cannot be read; its socket is closed", e);
            listener.onBacklogUnreadable();
        }
    }

    @Override
    public boolean isBehind(Joined at) {
        return !isSent || log.isBehind(at);
    }

    @Override
    public @Nullable List<Frame> take(Joined at) {
        if (isSent) {
            List<Frame> page = log.take(at);
            return page == null ? null : page.stream().map(addressed).toList();
        }
        Made next = made.getAndSet(null);
        if (next == null) {
            return null;
        }
        if (next.isLast()) {
            isSent = true;
            onSent.run();
        } else {
            makeNext();
        }
        return next.frames().stream().map(addressed).toList();
    }

    @Override
    public boolean isPaused() {
        return log.isPaused();
    }

    @Override
    public boolean isNews(Delivery delivery) {
        return log.isNews(delivery);
    }

    @Override
    public void fellBehind() {
        log.fellBehind();
    }

    @Override
    public void forget() {
        onSent.run();
        log.forget();
    }
}
