package dev.lockstep.wire.channels.subscription;

import dev.lockstep.room.EncodedCommit;
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
 * The backlog of a client 1.x: the frames of a snapshot in turn, then the log after the snapshot's position. A turn's frames
 * leave together; they are made when those before them have been taken.
 */
final class SnapshotBacklog implements Backlog {
    private static final Logger LOG = System.getLogger(SnapshotBacklog.class.getName());

    private final Iterator<List<Frame>> snapshot;
    private final Backlog log;
    private final Executor executor;
    private final Listener listener;
    private final UnaryOperator<Frame> addressed;
    private final AtomicReference<@Nullable Made> made = new AtomicReference<>();
    private boolean isSent; // of the taker

    /** Frames of the snapshot that leave together, and whether they are the last. */
    private record Made(List<Frame> frames, boolean isLast) {}

    /**
     * A backlog of which nothing was sent.
     *
     * @param snapshot those in turn that leave together; they are made while they are iterated, which may block
     * @param executor where they are made
     * @param addressed makes the frame of this subscription
     */
    SnapshotBacklog(
            Iterator<List<Frame>> snapshot,
            Backlog log,
            Executor executor,
            Listener listener,
            UnaryOperator<Frame> addressed) {
        this.snapshot = snapshot;
        this.log = log;
        this.executor = executor;
        this.listener = listener;
        this.addressed = addressed;
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
            List<Frame> frames = snapshot.hasNext() ? snapshot.next() : List.of();
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
    public boolean isNews(EncodedCommit delivery) {
        return log.isNews(delivery);
    }

    @Override
    public void fellBehind() {
        log.fellBehind();
    }

    @Override
    public void forget() {
        log.forget();
    }
}
