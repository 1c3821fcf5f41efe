package dev.lockstep.delivery;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.Transactions;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.EpochMonitor;
import dev.lockstep.log.LogEnd;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.room.ResponseBarrier;
import dev.lockstep.room.RoomMessage;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.room.Rooms;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this node that tells: it completes the answers of a group, then hands its commits to the rooms, in
 * order of Seq. The actions that other nodes and applications' transactions append, the {@link LogPoller} reads on its own thread; a
 * commit that never reached this thread from this node's writer is just one more of those.
 *
 * <p>The rule of this thread: it only publishes. Nothing runs on it that may block or that belongs to an application: no
 * database, no read filter, no hook, no continuation of a public stage, and no lock that another thread holds for longer
 * than a few operations in memory. Its one wait is the bounded one of {@link ResponseBarrier}.
 */
@ApplicationScoped
public class PublisherThread implements BatchPublication {
    /** How soon the thread sees that it should stop. It is not interrupted: that would close H2's file under others. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** Longest wait for what was handed over, when the server stops. */
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(PublisherThread.class.getName());

    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

    @Inject
    private Rooms rooms;

    @Inject
    private ResponseBarrier responseBarrier;

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    @Inject
    private EpochMonitor epochs;

    @Inject
    private ContainerResources lent;

    @Inject
    private EngineExecutor executor;

    @Inject
    private ApplicationExecutor application;

    @Inject
    private Metrics metrics;

    private final List<Consumer<List<Commit>>> listeners = new CopyOnWriteArrayList<>();
    private final PendingCommits pending = new PendingCommits();
    private AnnouncedBatches announced;
    private LogPoller poller;
    private FrameNumberReader numbers;
    private volatile boolean running;
    private @Nullable Thread thread;

    @PostConstruct
    void create() {
        poller = new LogPoller(transactions, log, epochs, new ReadPages());
        announced = new AnnouncedBatches(poller::wake);
        numbers = new FrameNumberReader(transactions, log, executor, this::numbersRead);
    }

    /** Starts telling of everything that is committed from now on. */
    public void start() {
        LogEnd end = epochs.start();
        poller.startIn(end.epoch());
        rooms.startAt(end.head());
        running = true;
        thread = started("lockstep-publisher", this::run);
        started("lockstep-log-poller", poller::run);
    }

    private Thread started(String name, Runnable loop) {
        Thread created = lent.threads().newThread(loop);
        created.setName(name);
        created.start();
        return created;
    }

    /** Stops, after everything that was handed over. */
    public void stop() throws InterruptedException {
        poller.stop();
        running = false;
        if (thread != null) {
            thread.join(STOP_WAIT_MAX.toMillis());
        }
    }

    @Override
    public void announce() {
        announced.announce();
    }

    @Override
    public void withdraw() {
        announced.complete();
    }

    @Override
    public void publish(List<CommittedMutation> batch) {
        long durableNanos = System.nanoTime();
        metrics.batchQueued();
        work.add(() -> {
            metrics.batchDequeued();
            List<Commit> commits;
            try {
                responseBarrier.sendAnswers(() -> batch.forEach(committed -> complete(committed.answer())));
                commits = batch.stream()
                        .map(CommittedMutation::commit)
                        .flatMap(Optional::stream)
                        .toList();
                if (!commits.isEmpty()) {
                    announced.answeredUpTo(commits.getLast().last());
                }
            } finally {
                announced.complete();
            }
            if (rooms.isAnybodyIn(commits)) { // else nobody hears of them, and the next group need not wait
                responseBarrier.await();
            }
            deliver(new PendingCommits.Batch(commits, durableNanos));
        });
    }

    /**
     * Has somebody hear of what others than this node's writer have appended, before the rooms do. On the publisher thread;
     * must not block, nor call an application.
     */
    public void beforeDelivery(Consumer<List<Commit>> listener) {
        listeners.add(listener);
    }

    /** Something else than this node's writer has appended: reads the log now instead of at the next poll. */
    public void pollNow() {
        poller.wake();
    }

    /** Lets a follower into rooms; it hears of it through {@link RoomSubscriber#onJoined}. */
    public void join(List<RoomId> ids, RoomSubscriber subscriber) {
        work.add(() -> rooms.join(ids, subscriber, numbers::read));
    }

    /** Has a follower begin anew at the end of the rooms that it is in; it hears of it as when it joined. */
    public void rejoin(List<RoomId> ids, RoomSubscriber subscriber) {
        work.add(() -> rooms.rejoin(ids, subscriber));
    }

    /** Lets a follower out of rooms that it asked for. */
    public void leave(List<RoomId> ids, RoomSubscriber subscriber) {
        work.add(() -> rooms.leave(ids, subscriber, application.of(ids)));
    }

    /**
     * Hands a message to the subscribers of a room.
     *
     * @param after is run when that is done, or has failed; must not block
     */
    void send(RoomId room, RoomMessage message, Runnable after) {
        work.add(() -> {
            try {
                rooms.send(room, message);
            } finally {
                after.run();
            }
        });
    }

    private void run() {
        try {
            while (running || !work.isEmpty()) {
                Runnable next = work.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    guarded(next);
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

    private static void complete(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "an answer could not be handed over", e);
        }
    }

    /** Delivers what the writer committed, once nothing lies between it and what the rooms have seen. */
    private void deliver(PendingCommits.Batch batch) {
        PendingCommits.Batch unseen = batch.after(rooms.position());
        if (unseen.commits().isEmpty()) {
            return; // read from the log already
        }
        epochs.onCommitted(unseen.commits().getLast().last());
        if (pending.isEmpty() && unseen.continues(rooms.position())) {
            rooms.deliver(unseen.commits(), unseen.durableNanos());
        } else {
            pending.add(unseen);
            poller.wake();
        }
    }

    private void deliverPending() {
        Optional<PendingCommits.Batch> next = pending.next(rooms.position());
        while (next.isPresent()) {
            rooms.deliver(next.get().commits(), next.get().durableNanos());
            next = pending.next(rooms.position());
        }
        if (!pending.isEmpty()) {
            poller.wake(); // something lies before it
        }
    }

    private void numbersRead(RoomId room, Seq at, Map<CollectionName, Long> found) {
        work.add(() -> rooms.numbersRead(room, at, found));
    }

    /** The pages that the poller reads, on their way to this thread. One page at a time. */
    private final class ReadPages implements LogPoller.Reader {
        private final AtomicBoolean onItsWay = new AtomicBoolean();
        private final AtomicBoolean lookAgain = new AtomicBoolean();

        @Override
        public boolean isReady() {
            lookAgain.set(true); // before the page is looked for: one that is delivered after that wakes the poller
            if (onItsWay.get()) {
                return false;
            }
            lookAgain.set(false);
            return true;
        }

        @Override
        public Seq position() {
            return rooms.position();
        }

        @Override
        public Seq readable(Seq head) {
            metrics.headPolled(head, rooms.position());
            return announced.readable(head);
        }

        @Override
        public void take(List<Commit> page, boolean more) {
            hand(() -> deliver(page), more);
        }

        @Override
        public void begins(LogEnd end) {
            hand(() -> restart(end), true);
        }

        private void hand(Runnable found, boolean more) {
            onItsWay.set(true);
            work.add(() -> {
                try {
                    found.run();
                } finally {
                    onItsWay.set(false);
                    if (lookAgain.getAndSet(false) || more) {
                        poller.wake();
                    }
                }
            });
        }

        /** The actions that the rooms have told may be lost: the rooms begin anew, and all followers come again. */
        private void restart(LogEnd end) {
            if (!end.epoch().contains(rooms.position())) {
                rooms.restartAt(end.head(), lent.executor());
            }
            deliverPending();
        }

        private void deliver(List<Commit> page) {
            List<Commit> unseen = page.stream()
                    .filter(commit -> commit.first().isAfter(rooms.position()))
                    .toList();
            if (!unseen.isEmpty()) {
                listeners.forEach(each -> each.accept(unseen));
                rooms.deliver(unseen);
            }
            deliverPending();
        }

        @Override
        public void polled() {
            numbers.readAgain(room -> work.add(() -> {
                if (rooms.isOpening(room)) {
                    numbers.read(room);
                }
            }));
        }
    }
}
