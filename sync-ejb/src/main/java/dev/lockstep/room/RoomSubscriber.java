package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Somebody who hears of every commit in some rooms. Called on the publisher thread; must not block. */
public interface RoomSubscriber {
    /** Called before anything else; again for each new place, where one that fell behind asked for it. */
    void onJoined(Joined at);

    /** There may be something new to read in the feed. */
    void onAvailable();

    /** A message of the application, to which no position belongs. May be dropped. */
    default void onMessage(RoomMessage message) {}

    /**
     * The database was restored: what this follower was told may be lost, and it is in no room any more. Called once, last.
     */
    default void onHistoryLost() {}

    /**
     * Where a follower stands at its beginning.
     *
     * @param position everything up to it is in the database already, and is not in the feed
     * @param frameNumbers the last frame number of each collection at that position
     * @param feed everything after it
     */
    record Joined(Seq position, Map<CollectionName, Long> frameNumbers, Feed feed) {
        public Joined {
            frameNumbers = Map.copyOf(frameNumbers);
        }

        /** The same for somebody with this sight; in place of this one, whose feed it takes. */
        public Joined withVisibility(Supplier<Visibility> visibility) {
            Visibility now = visibility.get();
            if (now.isUnlimited()) {
                return new Joined(position, frameNumbers, feed.withVisibility(visibility));
            }
            Map<CollectionName, Long> known = new HashMap<>(frameNumbers);
            known.keySet().retainAll(now.collections());
            return new Joined(position, known, feed.withVisibility(visibility));
        }
    }
}
