package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.room.RoomScoped;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.Metrics;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One open room: its subscribers, and the commits that they may not have read. One instance for each {@link RoomId}.
 * Belongs to the publisher thread: every method is called there.
 *
 * <p>It opens in two steps. Its frame numbers are read from the database on another thread, at some position of the log;
 * commits that are delivered meanwhile are counted. It is open once everything up to that position was delivered: the
 * greater of the two numbers is correct then.
 */
@RoomScoped
public class Room {
    /** Most commits that a subscriber may be behind. Beyond it, it has fallen off the ring. */
    static final int RING_COMMITS_MAX = 1_024;

    /** Most characters of JSON that a room keeps for subscribers that are behind. */
    static final long RING_CHARACTERS_MAX = 4L * 1024 * 1024;

    private static final Logger LOG = System.getLogger(Room.class.getName());

    private final CommitRing ring = new CommitRing(RING_COMMITS_MAX, RING_CHARACTERS_MAX);
    private final Set<RoomSubscriber> subscribers = new LinkedHashSet<>();
    private final Map<CollectionName, Long> frameNumbers = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private RoomState state = RoomState.OPENING;
    private Optional<Seq> numbersReadAt = Optional.empty();

    @Inject
    private RoomContext context;

    @Inject
    private Metrics metrics;

    private RoomId id;

    @PostConstruct
    void create() {
        id = context.current();
    }

    /** The frame numbers that the database held when its head was at this position. */
    void numbersRead(Seq at, Map<CollectionName, Long> numbers) {
        numbersReadAt = Optional.of(at);
        numbers.forEach((collection, number) -> frameNumbers.merge(collection, number, Math::max));
    }

    /** Takes a commit that has just become durable. */
    void append(Commit commit, long knownNanos) {
        for (Action action : commit.actions()) {
            if (action.number() > 0) {
                frameNumbers.merge(action.entry().collection(), action.number(), Math::max);
            }
        }
        ring.append(new EncodedCommit(commit, reachedSocket(metrics, knownNanos)));
    }

    // Static: a reader that fell behind references its last commit, which must not reference the room.
    private static Runnable reachedSocket(Metrics metrics, long knownNanos) {
        return () -> metrics.writtenToSocket(knownNanos);
    }

    /** Everything up to this position was delivered to all rooms. Returns whether the room is open. */
    boolean advanceTo(Seq position) {
        if (state == RoomState.OPENING
                && numbersReadAt.filter(at -> !at.isAfter(position)).isPresent()) {
            become(RoomState.OPEN);
            List<Runnable> steps = List.copyOf(waiting);
            waiting.clear();
            steps.forEach(this::runSafely);
        }
        return state == RoomState.OPEN;
    }

    /** Defers a step until the room is open; false if it is already open. */
    boolean defer(Runnable step) {
        return state == RoomState.OPENING && waiting.add(step);
    }

    CommitRing.Reader join(RoomSubscriber subscriber) {
        subscribers.add(subscriber);
        return ring.atEnd();
    }

    void leave(RoomSubscriber subscriber) {
        subscribers.remove(subscriber);
    }

    void notifySubscribers() {
        for (RoomSubscriber subscriber : subscribers) {
            runSafely(subscriber::onAvailable);
        }
    }

    void send(RoomMessage message) {
        for (RoomSubscriber subscriber : subscribers) {
            runSafely(() -> subscriber.onMessage(message));
        }
    }

    /** A fault of one subscriber must not affect the others. */
    private void runSafely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "room=" + id + ": a subscriber could not be notified", e);
        }
    }

    Map<CollectionName, Long> frameNumbers() {
        return Map.copyOf(frameNumbers);
    }

    @PreDestroy
    void close() {
        become(RoomState.CLOSED);
    }

    private void become(RoomState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("room " + id + " is " + state + " and cannot become " + next);
        }
        state = next;
        LOG.log(Level.DEBUG, "room={0} {1}", id, next);
    }
}
