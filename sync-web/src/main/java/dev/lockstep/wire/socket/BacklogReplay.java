package dev.lockstep.wire.socket;

import dev.lockstep.access.RoomSubscription;
import dev.lockstep.api.Seq;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session from its cursor to where its feed begins, by pages of the log; one page at a time, the next when that
 * has left. Used by the owner of the outbox; pages come in on any thread.
 */
public final class BacklogReplay {
    private final Encoder<List<Frame>> encoder;
    private final SubscriptionSpec.Resuming from;
    private final Runnable progress;
    private final Runnable failure;
    private final AtomicReference<@Nullable Read> page = new AtomicReference<>();
    private volatile @Nullable Source source;
    private Seq seen;
    private boolean asked;

    // Pages that were asked for in an earlier age are not taken: they show what was to be seen then.
    private final AtomicInteger age = new AtomicInteger();

    // Before the first page nobody knows whether the cursor lies in the log at all.
    private boolean cursorIsKnown;
    private boolean asksAgain;

    private record Read(int age, BacklogRead<List<Frame>> read) {}

    /** Where pages come from, and new places in the rooms. */
    public interface Source {
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
     * A session that has seen everything up to a cursor.
     *
     * @param progress hears that there is something to take
     * @param failure hears that a page cannot be read
     */
    BacklogReplay(Encoder<List<Frame>> encoder, SubscriptionSpec.Resuming from, Runnable progress, Runnable failure) {
        this.encoder = encoder;
        this.from = from;
        this.seen = from.cursor();
        this.progress = progress;
        this.failure = failure;
    }

    void start(Source given) {
        source = given;
        progress.run();
    }

    /** Whether the feed is not to be read yet, because something before it is missing. */
    boolean isBehind(Joined at) {
        return !cursorIsKnown || at.position().isAfter(seen);
    }

    /** The next frames of what is missing, perhaps none; null while they are being read. */
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
        switch (from.whenLost()) {
            case CONTINUE_LIVE -> seen = at.position();
            case AWAIT_RESUBSCRIBE -> asksAgain = true;
        }
        return List.of(from.lost().apply(at));
    }

    /** Whether nothing more is to be sent. */
    boolean requestNext() {
        return asksAgain;
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
        var unused = pages.missed(seen, at.position(), encoder).whenComplete((read, fault) -> {
            if (fault != null) {
                failure.run();
            } else {
                Read arrived = new Read(asking, read);
                page.accumulateAndGet(arrived, BacklogReplay::newer);
                progress.run();
            }
        });
    }

    /** What was read is not what may be seen by now: it is read anew. */
    void forget() {
        age.incrementAndGet();
        page.set(null);
        asked = false;
    }

    /** Whether a commit of the feed is news; what is, counts as seen. */
    boolean isNews(Seq last) {
        if (!last.isAfter(seen)) {
            return false;
        }
        seen = last;
        return true;
    }

    /** The feed was cut away unread: asks for a new place, and goes on from the log to there. */
    void fellBehind() {
        Source pages = source;
        if (pages != null) {
            pages.rejoin();
        }
    }
}
