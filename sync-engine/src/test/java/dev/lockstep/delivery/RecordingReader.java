package dev.lockstep.delivery;

import dev.lockstep.log.Commit;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A subscriber that records what it receives in a shared list. */
final class RecordingReader implements RoomSubscriber {
    private static final Encoder<Commit> AS_IT_IS = commit -> commit;

    private final BlockingQueue<String> received;
    private final CountDownLatch begun = new CountDownLatch(1);
    private @Nullable Feed feed;

    RecordingReader(BlockingQueue<String> received) {
        this.received = received;
    }

    @Override
    public void onJoined(Joined at) {
        feed = at.feed();
        begun.countDown();
    }

    @Override
    public void onAvailable() {
        while (feed != null && feed.next() instanceof Feed.Next.Ready ready) {
            received.add("commit " + ready.encoded().encodedBy(AS_IT_IS).last());
        }
    }

    @Override
    public void onHistoryLost() {
        received.add("history lost");
    }

    void awaitBeginning() throws InterruptedException {
        if (!begun.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("has not joined");
        }
    }
}
