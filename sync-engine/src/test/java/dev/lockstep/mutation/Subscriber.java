package dev.lockstep.mutation;

import dev.lockstep.access.ReadCapability;
import dev.lockstep.access.RoomSubscription;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A socket without a dialect. It keeps the deliveries of its rooms, and calls read filters where sockets call them. */
final class Subscriber implements RoomSubscriber {
    private static final int WAIT_SECONDS_MAX = 10;
    private static final Encoder<Commit> COMMIT = commit -> commit;

    private final Executor filters;
    private final CompletableFuture<Joined> beginning = new CompletableFuture<>();
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final RoomSubscription roomSubscription;

    /** A commit, and the time of its delivery by {@link System#nanoTime}. */
    record Frame(Commit commit, long atNanos) {}

    private Subscriber(ReadCapability capability, Executor filters) {
        this.filters = filters;
        this.roomSubscription = capability.subscribe(this);
    }

    /** A subscriber that may still be joining. */
    static Subscriber of(WholeEngine engine, ReadCapability capability) {
        return new Subscriber(capability, engine.filters(capability.rooms()));
    }

    /** Waits until it has joined its rooms. */
    Subscriber joined() {
        beginning.orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS).join();
        return this;
    }

    boolean hasJoined() {
        return beginning.isDone();
    }

    /** Reads missed commits up to a position. */
    CompletionStage<BacklogRead<Commit>> missed(Seq upTo) {
        return roomSubscription.missed(Seq.START, upTo, COMMIT);
    }

    /** Waits for the next commit. */
    Frame next() throws InterruptedException {
        Frame next = frames.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no frame within " + WAIT_SECONDS_MAX + " s");
        }
        return next;
    }

    @Override
    public void onJoined(Joined at) {
        beginning.complete(at);
    }

    @Override
    public void onAvailable() {
        Feed feed = beginning.join().feed();
        if (feed.isFiltered()) {
            filters.execute(() -> read(feed));
        } else {
            read(feed);
        }
    }

    private synchronized void read(Feed feed) {
        while (feed.next() instanceof Feed.Next.Ready ready) {
            frames.add(new Frame(ready.encoded().encodedBy(COMMIT), System.nanoTime()));
        }
    }
}
