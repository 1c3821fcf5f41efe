package dev.lockstep.system.inside;

import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Subscriber of a room that keeps the commits it receives. */
final class RecordingSubscriber implements RoomSubscriber {
    private static final int WAIT_SECONDS_MAX = 10;
    private static final Encoder<List<Action>> ACTIONS = Commit::actions;

    private final CompletableFuture<Joined> joined = new CompletableFuture<>();
    private final BlockingQueue<List<Action>> received = new LinkedBlockingQueue<>();

    @Override
    public void onJoined(Joined at) {
        joined.complete(at);
    }

    @Override
    public void onAvailable() {
        Feed feed = joined.join().feed();
        while (feed.next() instanceof Feed.Next.Ready ready) {
            received.add(ready.encoded().encodedBy(ACTIONS));
        }
    }

    RecordingSubscriber awaitJoined() {
        joined.orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS).join();
        return this;
    }

    /** The next commit in the room. */
    List<Action> next() throws InterruptedException {
        List<Action> commit = received.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (commit == null) {
            throw new AssertionError("no commit was received in the room for " + WAIT_SECONDS_MAX + " s");
        }
        return commit;
    }
}
