package dev.lockstep.publish;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.LentResources;
import dev.lockstep.database.RoundTrip;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.FrameNumbers;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.room.Departures;
import dev.lockstep.room.Follower;
import dev.lockstep.room.Rooms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this node that tells: it completes the answers of a group, then hands its commits to the rooms, in
 * order of Seq. What other nodes and applications' transactions append, it reads from the log; a commit that never
 * reached it from this node's writer is just one more of those.
 */
@ApplicationScoped
public class PublisherThread implements Publication {
    /** How often the head is looked at while nothing else says that it has moved. */
    static final Duration HEAD_POLL = Duration.ofMillis(250);

    /** Longest wait for what was handed over, when the server stops. */
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(5);

    /** Actions that are read from the log at a time. A commit is never cut, so a page may be longer. */
    static final int PAGE_ACTIONS_MAX = 1_000;

    private static final Logger LOG = System.getLogger(PublisherThread.class.getName());

    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

    /** Groups of this node that may be in the log, and whose answers have not been handed over. */
    private final AtomicInteger announced = new AtomicInteger();

    @Inject
    private Rooms rooms;

    @Inject
    private Departures departures;

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    @Inject
    private LentResources lent;

    @Inject
    private Metrics metrics;

    private final List<Consumer<List<Commit>>> listeners = new CopyOnWriteArrayList<>();
    private final Set<RoomId> unreadNumbers = new LinkedHashSet<>();
    private volatile boolean running;
    private long lookAtNanos = System.nanoTime();
    private boolean logUnreadable;
    private boolean lookPutOff;
    private @Nullable Thread thread;

    /** Starts telling of everything that is committed from now on. */
    public void start() {
        rooms.startAt(transactions.run(scope -> log.head(scope.connection())));
        running = true;
        Thread created = lent.threads().newThread(this::run);
        created.setName("lockstep-publisher");
        created.start();
        thread = created;
    }

    /** Stops, after everything that was handed over. Not by an interrupt: that would close H2's file under others. */
    public void stop() throws InterruptedException {
        running = false;
        if (thread != null) {
            thread.join(STOP_WAIT_MAX.toMillis());
        }
    }

    @Override
    public void announce() {
        announced.incrementAndGet();
    }

    @Override
    public void withdraw() {
        announced.decrementAndGet();
    }

    @Override
    public void hand(List<Committed> group) {
        long durableNanos = System.nanoTime();
        metrics.groupWaits();
        work.add(() -> {
            metrics.groupTaken();
            try {
                departures.handOver(() -> group.forEach(committed -> complete(committed.answer())));
            } finally {
                announced.decrementAndGet();
            }
            List<Commit> commits = group.stream()
                    .map(Committed::commit)
                    .flatMap(Optional::stream)
                    .toList();
            if (rooms.isAnybodyIn(commits)) { // else nobody hears of them, and the next group need not wait
                departures.await();
            }
            deliver(commits, durableNanos);
            if (lookPutOff) {
                readForward();
            }
        });
    }

    /**
     * Has somebody hear of what others than this node's writer have appended, before the rooms do. On the publisher thread;
     * must not block.
     */
    public void beforeDelivery(Consumer<List<Commit>> listener) {
        listeners.add(listener);
    }

    /** Something else than this node's writer has appended: reads the log now instead of at the next poll. */
    public void lookNow() {
        work.add(this::readForward);
    }

    /** Lets a follower into rooms; it hears of it through {@link Follower#joined}. */
    public void join(List<RoomId> ids, Follower follower) {
        work.add(() -> rooms.join(ids, follower, this::readFrameNumbers));
    }

    /** Has a follower begin anew at the end of the rooms that it is in; it hears of it as when it joined. */
    public void rejoin(List<RoomId> ids, Follower follower) {
        work.add(() -> rooms.rejoin(ids, follower));
    }

    /** Lets a follower out of rooms that it asked for. */
    public void leave(List<RoomId> ids, Follower follower) {
        work.add(() -> rooms.leave(ids, follower, lent.executor()));
    }

    private void run() {
        try {
            while (running || !work.isEmpty()) {
                Runnable next = work.poll(Math.max(0, lookAtNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
                guarded(next == null ? this::look : next);
                if (System.nanoTime() - lookAtNanos >= 0) {
                    guarded(this::look); // also when there is always something else to do
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "publisher stops");
        }
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) { // without this thread nobody would hear anything any more
            LOG.log(Level.ERROR, "publisher went on after a fault; sessions of the room concerned may lag", e);
        }
    }

    private void look() {
        lookAtNanos = System.nanoTime() + HEAD_POLL.toNanos();
        readForward();
        List<RoomId> again = List.copyOf(unreadNumbers);
        unreadNumbers.clear();
        again.stream().filter(rooms::isOpening).forEach(this::readFrameNumbers);
    }

    private static void complete(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "an answer could not be handed over", e);
        }
    }

    /** Hands over what the writer committed, if nothing lies between it and what the rooms have seen. */
    private void deliver(List<Commit> commits, long durableNanos) {
        List<Commit> unseen = commits.stream()
                .filter(commit -> commit.first().isAfter(rooms.position()))
                .toList();
        if (unseen.isEmpty()) {
            return; // read from the log already
        }
        if (unseen.getFirst().first().equals(rooms.position().plus(1))) {
            rooms.deliver(unseen, durableNanos);
        } else {
            reading(() -> readUpTo(unseen.getLast().last()));
        }
    }

    private void readForward() {
        reading(() -> {
            Seq head = transactions.run(scope -> log.head(scope.connection()));
            metrics.polled(head, rooms.position());
            // A group of this node that is being committed is handed over with its answers, and those go first.
            lookPutOff = announced.get() > 0;
            if (!lookPutOff) {
                readUpTo(head);
            }
        });
    }

    private void readUpTo(Seq limit) {
        while (limit.isAfter(rooms.position())) {
            Seq after = rooms.position();
            List<Commit> page = transactions.run(scope -> log.readAfter(scope.connection(), after, PAGE_ACTIONS_MAX));
            if (page.isEmpty()) {
                return; // not readable yet: the next look finds it
            }
            List<Commit> known = page.stream()
                    .filter(commit -> !commit.last().isAfter(limit))
                    .toList();
            listeners.forEach(each -> each.accept(known));
            rooms.deliver(known);
        }
    }

    private void reading(Runnable read) {
        try {
            read.run();
            logUnreadable = false;
        } catch (TransactionFailed e) {
            if (!logUnreadable) {
                LOG.log(Level.WARNING, "the log cannot be read; trying again every " + HEAD_POLL.toMillis() + " ms", e);
            }
            logUnreadable = true;
        }
    }

    private void readFrameNumbers(RoomId room) {
        lent.executor().execute(() -> {
            try {
                transactions.run(scope -> {
                    // The head first: numbers that are newer than it do no harm, older ones would.
                    RoundTrip opening = new RoundTrip(scope.connection());
                    RoundTrip.Answer<Seq> asked = log.head(opening);
                    var numbers = FrameNumbers.of(opening, room);
                    Seq head = asked.value();
                    return work.add(() -> rooms.numbersRead(room, head, numbers));
                });
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "room=" + room + " cannot open yet: its frame numbers cannot be read", e);
                work.add(() -> unreadNumbers.add(room)); // asked again with the next look at the head
            }
        });
    }
}
