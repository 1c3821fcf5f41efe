package dev.lockstep.wire.socket;

import dev.lockstep.access.RoomSubscription;
import dev.lockstep.api.Seq;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.EncodedCommit;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The part of a subscription that its client has missed: before the subscription joined, or while it was off the ring. Used by
 * the owner of the outbox, one thread at a time, except for {@link #start}. Must not block.
 */
public interface Backlog {
    /** Receives what a backlog cannot decide by itself. Called on any thread. */
    interface Listener {
        /** There may be something to take. */
        void onAvailable();

        /** The backlog cannot be read. */
        void onBacklogUnreadable();

        /** The history that the client knows does not exist any more. */
        void onHistoryLost();
    }

    /** Begins to read. Called on any thread, once the subscription begins to join its rooms. */
    void start(Source source);

    /** Whether frames before the feed are still missing. */
    boolean isBehind(Joined at);

    /** The frames of the next page, perhaps none; null while it is being read. Called while {@link #isBehind}. */
    @Nullable
    List<Frame> take(Joined at);

    /** Whether the cursor is lost, and nothing more is to be sent. */
    boolean isPaused();

    /**
     * Whether a commit of the feed is to be sent; it counts as sent then. If it is neither old nor the next one, the backlog
     * may answer false and be behind again.
     */
    boolean isNews(EncodedCommit delivery);

    /** The feed fell off the ring. The backlog requests a new place, and continues up to there. */
    void fellBehind();

    /** Drops pages that were read and not sent: rights have changed, and the pages are read anew. */
    void forget();

    /** The source of pages of the log, and of new places in the rooms. Thread-safe. */
    interface Source {
        /** The next page of the rooms' commits after one position and up to another. */
        CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder);

        /** Requests a new place in the rooms. */
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
}
