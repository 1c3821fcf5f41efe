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
import java.util.Collection;
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
 * The open rooms and their subscribers. Belongs to the publisher thread: every method is called there, so joining a room
 * and closing it never overlap.
 */
@ApplicationScoped
public class Rooms {
    private final Map<RoomId, Integer> users = new HashMap<>();
    /** Rooms whose frame numbers are being read, and the position of their first join. */
    private final Map<RoomId, Seq> opening = new HashMap<>();

    private final Set<RoomSubscriber> present = new HashSet<>();
    private final AtomicLong delivered = new AtomicLong();

    @Inject
    private RoomContext context;

    @Inject
    private Room room; // the current room's, by the context

    @Inject
    private Instance<Room> instances;

    @Inject
    private Metrics metrics;

    /** Reads the frame numbers of opening rooms on another thread, and then calls {@link #numbersRead}. */
    public interface NumberReader {
        void read(RoomId room);
    }

    /** Starts at a position: everything up to it is in the database, and is not delivered. */
    public void startAt(Seq position) {
        delivered.set(position.value());
        metrics.delivered(position);
    }

    /**
     * The database was restored: delivered commits may be lost. All subscribers are removed and notified.
     *
     * @param position where the rooms start again
     * @param destroying runs the destruction of the application's beans of the rooms
     */
    public void restartAt(Seq position, Executor destroying) {
        List<RoomSubscriber> subscribers = List.copyOf(present);
        Map<RoomId, Integer> left = Map.copyOf(users);
        present.clear();
        opening.clear();
        users.clear();
        left.forEach((id, count) -> {
            countPulls(id, -count);
            in(id, instances::destroy);
            for (int i = 0; i < count; i++) {
                context.leave(id, destroying);
            }
        });
        metrics.rooms(open());
        startAt(position);
        subscribers.forEach(RoomSubscriber::onHistoryLost);
    }

    /** The last position that was delivered to the rooms. */
    public Seq position() {
        return new Seq(delivered.get());
    }

    /** Delivers commits that have just been read from the log. */
    public void deliver(List<Commit> commits) {
        deliver(commits, System.nanoTime());
    }

    /**
     * Delivers commits to the open rooms, and notifies their subscribers.
     *
     * @param knownNanos when this node knew them to be durable, in {@link System#nanoTime}
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
        delivered.set(commits.getLast().last().value());
        metrics.delivered(position());
        List.copyOf(opening.keySet()).forEach(this::openIfReady);
        touched.forEach(id -> in(id, Room::notifySubscribers));
    }

    /** Adds a subscriber to rooms. {@link RoomSubscriber#onJoined} notifies it once all of them are open. */
    public void join(List<RoomId> ids, RoomSubscriber subscriber, NumberReader numbers) {
        present.add(subscriber);
        for (RoomId id : ids) {
            context.enter(id);
            countPulls(id, 1);
            if (users.merge(id, 1, Integer::sum) == 1) {
                opening.put(id, position());
                numbers.read(id);
            }
        }
        metrics.rooms(open());
        joinFrom(0, ids, subscriber);
    }

    /** Moves a subscriber that fell behind to the end of its rooms. */
    public void rejoin(List<RoomId> ids, RoomSubscriber subscriber) {
        if (present.contains(subscriber)) {
            joinFrom(0, ids, subscriber);
        }
    }

    private void joinFrom(int index, List<RoomId> ids, RoomSubscriber subscriber) {
        for (int next = index + 1; next <= ids.size(); next++) {
            int resumeAt = next;
            if (context.in(ids.get(next - 1), () -> room.defer(() -> joinFrom(resumeAt, ids, subscriber)))) {
                return;
            }
        }
        if (!present.contains(subscriber)) {
            return; // it left while a room was opening
        }
        List<CommitRing.Reader> readers = new ArrayList<>();
        Map<CollectionName, Long> frameNumbers = new LinkedHashMap<>();
        for (RoomId id : ids) {
            in(id, open -> {
                readers.add(open.join(subscriber));
                frameNumbers.putAll(open.frameNumbers());
            });
        }
        RoomSubscriber.Joined joined =
                new RoomSubscriber.Joined(position(), frameNumbers, new Feed(readers, delivered));
        in(ids.getLast(), open -> subscriber.onJoined(joined)); // it may use beans of the room
    }

    /** Hands a message to the subscribers of a room. Does nothing if the room is not open. */
    public void send(RoomId id, RoomMessage message) {
        if (users.containsKey(id)) {
            in(id, open -> open.send(message));
        }
    }

    /** Receives the result of a {@link NumberReader}. */
    public void numbersRead(RoomId id, Seq at, Map<CollectionName, Long> numbers) {
        Seq wanted = opening.get(id);
        if (wanted == null || wanted.isAfter(at)) {
            return; // read for an instance that is closed by now, and so without the commits since
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
     * Removes a subscriber from its rooms. A room without subscribers is closed.
     *
     * @param destroying runs the destruction of the application's beans of a closed room
     */
    public void leave(List<RoomId> ids, RoomSubscriber subscriber, Executor destroying) {
        if (!present.remove(subscriber)) {
            return;
        }
        for (RoomId id : ids) {
            countPulls(id, -1);
            in(id, open -> open.leave(subscriber));
            if (users.merge(id, -1, Integer::sum) == 0) {
                users.remove(id);
                opening.remove(id);
                // At once: beans of the application may live on while a rule of the room is evaluated.
                in(id, instances::destroy);
            }
            context.leave(id, destroying);
        }
        metrics.rooms(open());
    }

    /** Whether subscribers still wait for this room to open. */
    public boolean isOpening(RoomId id) {
        return opening.containsKey(id);
    }

    /** Whether a room of these commits has subscribers, waiting ones included. */
    public boolean hasSubscribers(List<Commit> commits) {
        return commits.stream()
                .anyMatch(commit -> commit.byRoom().keySet().stream().anyMatch(users::containsKey));
    }

    /** How many subscribers rooms have, waiting ones included. */
    public Map<RoomId, Integer> subscribers(Collection<RoomId> ids) {
        Map<RoomId, Integer> counts = new HashMap<>();
        ids.forEach(id -> counts.put(id, users.getOrDefault(id, 0)));
        return counts;
    }

    private void countPulls(RoomId id, int more) {
        if (id.isOfEvents()) {
            metrics.of(id.application()).pulls(more);
        }
    }

    /** The number of open rooms. */
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
