package dev.lockstep.wire.socket;

import dev.lockstep.api.Seq;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.EncodedCommit;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.socket.SubscriptionProtocol.LostCursor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads the backlog of a subscription from the log, from the client's cursor to where the feed of its rooms begins: one page
 * at a time, the next when that has left. Pages arrive on any thread.
 */
final class LogBacklog implements Backlog {
    private final SubscriptionProtocol protocol;
    private final Listener listener;
    private final AtomicReference<@Nullable Read> page = new AtomicReference<>();
    private volatile @Nullable Source source;
    private Seq seen;
    private boolean asked;

    // Pages that were requested in an earlier age are dropped: they show what was visible then.
    private final AtomicInteger age = new AtomicInteger();

    // Until the first page has come it is unknown whether the cursor lies in the log.
    private boolean cursorIsKnown;
    private boolean paused;

    private record Read(int age, BacklogRead<List<Frame>> read) {}

    /** The backlog of a client that has seen everything up to a cursor. */
    LogBacklog(SubscriptionProtocol protocol, Seq cursor, Listener listener) {
        this.protocol = protocol;
        this.seen = cursor;
        this.listener = listener;
    }

    @Override
    public void start(Source given) {
        source = given;
        listener.onAvailable();
    }

    @Override
    public boolean isBehind(Joined at) {
        return !cursorIsKnown || at.position().isAfter(seen);
    }

    @Override
    public @Nullable List<Frame> take(Joined at) {
        Source pages = source;
        if (pages == null) {
            return null;
        }
        Read read = page.getAndSet(null);
        if (read == null || read.age() != age.get()) {
            ask(pages, at);
            return null;
        }
        asked = false;
        cursorIsKnown = true;
        return switch (read.read()) {
            case BacklogRead.Page<List<Frame>> some -> {
                seen = some.reached();
                yield some.commits().stream().flatMap(List::stream).toList();
            }
            case BacklogRead.Lost<List<Frame>> nothing -> lost(at);
        };
    }

    private List<Frame> lost(Joined at) {
        LostCursor lost = protocol.lostCursor(at);
        if (lost.isContinued()) {
            seen = at.position();
        } else {
            paused = true;
        }
        return List.of(lost.frame());
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    private static @Nullable Read newer(@Nullable Read one, @Nullable Read other) {
        return one != null && other != null && one.age() > other.age() ? one : other;
    }

    private void ask(Source pages, Joined at) {
        if (asked) {
            return;
        }
        asked = true;
        int asking = age.get();
        var unused = pages.missed(seen, at.position(), protocol.encoder()).whenComplete((read, fault) -> {
            if (fault != null) {
                listener.onBacklogUnreadable();
            } else {
                Read arrived = new Read(asking, read);
                page.accumulateAndGet(arrived, LogBacklog::newer);
                listener.onAvailable();
            }
        });
    }

    @Override
    public void forget() {
        age.incrementAndGet();
        page.set(null);
        asked = false;
    }

    @Override
    public boolean isNews(EncodedCommit delivery) {
        Seq last = delivery.seq();
        if (!last.isAfter(seen)) {
            return false;
        }
        seen = last;
        return true;
    }

    @Override
    public void fellBehind() {
        Source pages = source;
        if (pages != null) {
            pages.rejoin();
        }
    }
}
