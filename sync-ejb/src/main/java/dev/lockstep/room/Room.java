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
 * One open room: who follows it, and the commits they may still have to read. One instance for each {@link RoomId}.
 * Belongs to the publisher thread: every method is called there.
 *
 * <p>It opens in two steps. Its frame numbers are read from the database aside, at some position of the log; commits
 * that are handed over meanwhile are counted. It is open once it has been handed everything up to that position: from
 * then on the greater of the two numbers is the right one.
 */
@RoomScoped
public class Room {
    /** Commits that a follower may be behind. One who is further behind has fallen off the ring. */
    static final int RING_COMMITS_MAX = 1_024;

    /** Characters of JSON that a room keeps for followers that are behind. */
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
        ring.append(new Delivery(commit, reachedSocket(metrics, knownNanos)));
    }

    // Static: a cursor that fell behind keeps its last delivery, and must not keep the room by it.
    private static Runnable reachedSocket(Metrics metrics, long knownNanos) {
        return () -> metrics.writtenToSocket(knownNanos);
    }

    /** Everything up to this position has been handed to all rooms. Answers whether the room is open by now. */
    boolean advanceTo(Seq position) {
        if (state == RoomState.OPENING
                && numbersReadAt.filter(at -> !at.isAfter(position)).isPresent()) {
            become(RoomState.OPEN);
            List<Runnable> steps = List.copyOf(waiting);
            waiting.clear();
            steps.forEach(this::guarded);
        }
        return state == RoomState.OPEN;
    }

    /** Puts a step off until the room is open; false if it is open already. */
    boolean defer(Runnable step) {
        return state == RoomState.OPENING && waiting.add(step);
    }

    CommitRing.Cursor join(RoomSubscriber subscriber) {
        subscribers.add(subscriber);
        return ring.atEnd();
    }

    void leave(RoomSubscriber subscriber) {
        subscribers.remove(subscriber);
    }

    void notifyFollowers() {
        for (RoomSubscriber subscriber : subscribers) {
            guarded(subscriber::onAvailable);
        }
    }

    void send(RoomMessage message) {
        for (RoomSubscriber subscriber : subscribers) {
            guarded(() -> subscriber.onMessage(message));
        }
    }

    /** One follower's fault is no reason for the others to hear nothing. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "room=" + id + ": a follower could not be told", e);
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
