package dev.lockstep.wire.socket;

import dev.lockstep.access.RoomSubscription;
import dev.lockstep.api.Seq;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.socket.SubscriptionProtocol.LostCursor;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads the backlog of a subscription, from the client's cursor to where the feed of its rooms begins: one page of the log
 * at a time, the next when that has left. Used by the owner of the outbox; pages arrive on any thread.
 */
final class BacklogReplay {
    private final SubscriptionProtocol protocol;
    private final Runnable progress;
    private final Runnable failure;
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

    /** The source of pages, and of new places in the rooms. */
    interface Source {
        CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder);

        void rejoin();

        static Source of(RoomSubscription roomSubscription) {
            return new Source() {
                @Override
                public CompletionStage<BacklogRead<List<Frame>>> missed(
                        Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
                    return roomSubscription.missed(after, upTo, encoder);
                }

                @Override
                public void rejoin() {
                    roomSubscription.rejoin();
                }
            };
        }
    }

    /**
     * The backlog of a client that has seen everything up to a cursor.
     *
     * @param progress runs when there is something to take
     * @param failure runs when a page cannot be read
     */
    BacklogReplay(SubscriptionProtocol protocol, Seq cursor, Runnable progress, Runnable failure) {
        this.protocol = protocol;
        this.seen = cursor;
        this.progress = progress;
        this.failure = failure;
    }

    void start(Source given) {
        source = given;
        progress.run();
    }

    /** Whether commits before the feed are still missing. */
    boolean isBehind(Joined at) {
        return !cursorIsKnown || at.position().isAfter(seen);
    }

    /** The frames of the next page, perhaps none; null while it is being read. */
    @Nullable
    List<Frame> take(Joined at) {
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

    /** Whether the cursor is lost, and nothing more is to be sent. */
    boolean isPaused() {
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
                failure.run();
            } else {
                Read arrived = new Read(asking, read);
                page.accumulateAndGet(arrived, BacklogReplay::newer);
                progress.run();
            }
        });
    }

    /** Drops what was read: rights have changed, and the pages are read anew. */
    void forget() {
        age.incrementAndGet();
        page.set(null);
        asked = false;
    }

    /** Whether a commit of the feed lies after what was sent; it counts as sent then. */
    boolean isNews(Seq last) {
        if (!last.isAfter(seen)) {
            return false;
        }
        seen = last;
        return true;
    }

    /** The feed fell off the ring: requests a new place, and continues from the log up to there. */
    void fellBehind() {
        Source pages = source;
        if (pages != null) {
            pages.rejoin();
        }
    }
}
