package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The open rooms, and who is in them. Belongs to the publisher thread: every method is called there, so that entering
 * a room and evicting it can never meet.
 */
@ApplicationScoped
public class Rooms {
    private final Map<RoomId, Integer> users = new HashMap<>();
    /** Rooms whose frame numbers are being read, and the position at which somebody first wanted in. */
    private final Map<RoomId, Seq> opening = new HashMap<>();

    private final Set<RoomSubscriber> present = new HashSet<>();
    private final AtomicLong handedOver = new AtomicLong();

    @Inject
    private RoomContext context;

    @Inject
    private Room room; // the current room's, by the context

    @Inject
    private Instance<Room> instances;

    @Inject
    private Metrics metrics;

    /** Reads the frame numbers of rooms that open, aside, and comes back with {@link #numbersRead}. */
    public interface NumberReader {
        void read(RoomId room);
    }

    /** Everything up to this position is known to be in the database; nobody was told of it. */
    public void startAt(Seq position) {
        handedOver.set(position.value());
        metrics.delivered(position);
    }

    /**
     * The database was restored: what the rooms have told may be lost. All followers are let out, and told so.
     *
     * @param position where the rooms begin anew
     * @param destroying runs what destroys the application's beans of the rooms
     */
    public void restartAt(Seq position, Executor destroying) {
        List<RoomSubscriber> subscribers = List.copyOf(present);
        Map<RoomId, Integer> left = Map.copyOf(users);
        present.clear();
        opening.clear();
        users.clear();
        left.forEach((id, count) -> {
            in(id, instances::destroy);
            for (int i = 0; i < count; i++) {
                context.leave(id, destroying);
            }
        });
        metrics.rooms(open());
        startAt(position);
        subscribers.forEach(RoomSubscriber::onHistoryLost);
    }

    /** The last position that was handed to the rooms. */
    public Seq position() {
        return new Seq(handedOver.get());
    }

    /** Hands commits to the rooms that have just been read from the log. */
    public void deliver(List<Commit> commits) {
        deliver(commits, System.nanoTime());
    }

    /**
     * Hands commits to the rooms that are open, and tells their followers.
     *
     * @param knownNanos since when this node knows that they are durable, as {@link System#nanoTime} says it
     */
    public void deliver(List<Commit> commits, long knownNanos) {
        if (commits.isEmpty()) {
            return;
        }
        Set<RoomId> touched = new LinkedHashSet<>();
        for (Commit commit : commits) {
            commit.byRoom().forEach((id, part) -> {
                if (users.containsKey(id)) {
                    in(id, open -> open.append(part, knownNanos));
                    touched.add(id);
                }
            });
        }
        handedOver.set(commits.getLast().last().value());
        metrics.delivered(position());
        List.copyOf(opening.keySet()).forEach(this::openIfReady);
        touched.forEach(id -> in(id, Room::notifyFollowers));
    }

    /** Lets a follower into rooms. It hears of it through {@link RoomSubscriber#onJoined}, once all of them are open. */
    public void join(List<RoomId> ids, RoomSubscriber subscriber, NumberReader numbers) {
        present.add(subscriber);
        for (RoomId id : ids) {
            context.enter(id);
            if (users.merge(id, 1, Integer::sum) == 1) {
                opening.put(id, position());
                numbers.read(id);
            }
        }
        metrics.rooms(open());
        joinFrom(0, ids, subscriber);
    }

    /** Gives a follower that fell behind a new place, at the end of the rooms that it asked for. */
    public void rejoin(List<RoomId> ids, RoomSubscriber subscriber) {
        if (present.contains(subscriber)) {
            joinFrom(0, ids, subscriber);
        }
    }

    private void joinFrom(int index, List<RoomId> ids, RoomSubscriber subscriber) {
        for (int next = index + 1; next <= ids.size(); next++) {
            int goOn = next;
            if (context.in(ids.get(next - 1), () -> room.defer(() -> joinFrom(goOn, ids, subscriber)))) {
                return;
            }
        }
        if (!present.contains(subscriber)) {
            return; // it left while a room was opening
        }
        List<CommitRing.Cursor> cursors = new ArrayList<>();
        Map<CollectionName, Long> frameNumbers = new LinkedHashMap<>();
        for (RoomId id : ids) {
            in(id, open -> {
                cursors.add(open.join(subscriber));
                frameNumbers.putAll(open.frameNumbers());
            });
        }
        RoomSubscriber.Joined joined =
                new RoomSubscriber.Joined(position(), frameNumbers, new Feed(cursors, handedOver));
        in(ids.getLast(), open -> subscriber.onJoined(joined)); // it may look at the room's beans
    }

    /** Hands a message to the subscribers of a room. Does nothing if the room is not open. */
    public void send(RoomId id, RoomMessage message) {
        if (users.containsKey(id)) {
            in(id, open -> open.send(message));
        }
    }

    /** What a {@link NumberReader} found. */
    public void numbersRead(RoomId id, Seq at, Map<CollectionName, Long> numbers) {
        Seq wanted = opening.get(id);
        if (wanted == null || wanted.isAfter(at)) {
            return; // read for an instance that is closed by now: what was committed in between, it does not count
        }
        in(id, open -> open.numbersRead(at, numbers));
        openIfReady(id);
    }

    private void openIfReady(RoomId id) {
        in(id, open -> {
            if (open.advanceTo(position())) {
                opening.remove(id);
            }
        });
    }

    /**
     * Lets a follower out of the rooms that it asked for. A room that nobody asks for any more is closed.
     *
     * @param destroying runs what destroys the application's beans of a room that is closed
     */
    public void leave(List<RoomId> ids, RoomSubscriber subscriber, Executor destroying) {
        if (!present.remove(subscriber)) {
            return;
        }
        for (RoomId id : ids) {
            in(id, open -> open.leave(subscriber));
            if (users.merge(id, -1, Integer::sum) == 0) {
                users.remove(id);
                opening.remove(id);
                // At once: beans of the application may live on for a moment, while a rule is asked in the room.
                in(id, instances::destroy);
            }
            context.leave(id, destroying);
        }
        metrics.rooms(open());
    }

    /** Whether somebody still waits for this room to open. */
    public boolean isOpening(RoomId id) {
        return opening.containsKey(id);
    }

    /** Whether somebody is in a room of these commits, or on the way in. */
    public boolean isAnybodyIn(List<Commit> commits) {
        return commits.stream()
                .anyMatch(commit -> commit.byRoom().keySet().stream().anyMatch(users::containsKey));
    }

    /** How many rooms are open. */
    public int open() {
        return users.size();
    }

    private void in(RoomId id, Consumer<Room> step) {
        context.in(id, () -> {
            step.accept(room);
            return id;
        });
    }
}
