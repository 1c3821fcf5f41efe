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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The publisher: the one thread per node that completes the answers of a batch and then delivers its commits to the rooms,
 * in order of Seq. Actions of other nodes and of applications' transactions are read by the {@link LogPoller} on its own
 * thread, and so are commits of this node's writer that did not reach the publisher.
 *
 * <p>The thread only publishes. It never blocks and runs no application code: no database access, no read filter, no hook,
 * no continuation of a public stage, and no lock that another thread holds for longer than a few operations in memory. Its
 * one wait is the bounded one of {@link ResponseBarrier}.
 */
@ApplicationScoped
public class PublisherThread implements BatchPublication {
    /** How often the thread checks whether to stop. An interrupt would close H2's file. */
    private static final Duration STOP_CHECK_INTERVAL = Duration.ofMillis(250);

    /** Longest wait for queued work when the server stops. */
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
    private ContainerResources resources;

    @Inject
    private EngineExecutor executor;

    @Inject
    private ApplicationExecutor application;

    @Inject
    private Metrics metrics;

    private OrderedDelivery delivery;
    private AnnouncedBatches announced;
    private LogPoller poller;
    private FrameNumberReader numbers;
    private volatile boolean running;
    private @Nullable Thread thread;

    @PostConstruct
    void create() {
        poller = new LogPoller(transactions, log, epochs, new ReadPages());
        announced = new AnnouncedBatches(poller::wake);
        delivery = new OrderedDelivery(rooms, epochs, poller::wake);
        numbers = new FrameNumberReader(transactions, log, executor, this::numbersRead);
    }

    /** Starts the delivery of everything that is committed from now on. */
    public void start() {
        LogEnd end = epochs.start();
        poller.startIn(end.epoch());
        rooms.startAt(end.head());
        running = true;
        thread = startThread("lockstep-publisher", this::run);
        startThread("lockstep-log-poller", poller::run);
    }

    private Thread startThread(String name, Runnable loop) {
        Thread created = resources.threads().newThread(loop);
        created.setName(name);
        created.start();
        return created;
    }

    /** Stops after the queued work. */
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
            if (rooms.hasSubscribers(commits)) { // without subscribers the next batch need not wait
                responseBarrier.await();
            }
            delivery.deliver(new PendingCommits.Batch(commits, durableNanos));
        });
    }

    /**
     * Adds a listener of commits that did not come from this node's writer. It is called before the rooms receive them, on
     * the publisher thread; it must not block, nor call application code.
     */
    public void beforeDelivery(Consumer<List<Commit>> listener) {
        delivery.addListener(listener);
    }

    /**
     * Adds a listener of all commits, called after the rooms have received them, on the publisher thread; it must not block,
     * nor call application code.
     */
    public void afterDelivery(Consumer<List<Commit>> listener) {
        delivery.addAfterListener(listener);
    }

    /**
     * Adds a listener of restores of the database: what was read from it before may not be true any more. It is called on the
     * publisher thread; it must not block, nor call application code.
     */
    public void onRestore(Runnable listener) {
        delivery.addRestoreListener(listener);
    }

    /** Reads the log now instead of at the next poll. To be called after an append outside this node's writer. */
    public void pollNow() {
        poller.wake();
    }

    /** Adds a subscriber to rooms; {@link RoomSubscriber#onJoined} notifies it. */
    public void join(List<RoomId> ids, RoomSubscriber subscriber) {
        work.add(() -> rooms.join(ids, subscriber, numbers::read));
    }

    /** Moves a subscriber to the end of its rooms, and notifies it as when it joined. */
    public void rejoin(List<RoomId> ids, RoomSubscriber subscriber) {
        work.add(() -> rooms.rejoin(ids, subscriber));
    }

    /** Removes a subscriber from rooms. */
    public void leave(List<RoomId> ids, RoomSubscriber subscriber) {
        work.add(() -> rooms.leave(ids, subscriber, application.of(ids)));
    }

    /** How many subscribers rooms have on this node. Completes on the publisher thread. */
    public CompletionStage<Map<RoomId, Integer>> subscribers(Collection<RoomId> ids) {
        CompletableFuture<Map<RoomId, Integer>> counted = new CompletableFuture<>();
        work.add(() -> counted.complete(rooms.subscribers(ids)));
        return counted;
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
                Runnable next = work.poll(STOP_CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    runSafely(next);
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The publisher stops");
        }
    }

    private static void runSafely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) { // without this thread nothing is delivered any more
            LOG.log(Level.ERROR, "The publisher continues after a fault; sessions of the affected room may lag", e);
        }
    }

    private static void complete(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "An answer could not be completed; the batch continues", e);
        }
    }

    private void numbersRead(RoomId room, Seq at, Map<CollectionName, Long> found) {
        work.add(() -> rooms.numbersRead(room, at, found));
    }

    /** Passes the pages of the poller to this thread, one at a time. */
    private final class ReadPages implements LogPoller.Reader {
        private final AtomicBoolean inDelivery = new AtomicBoolean();
        private final AtomicBoolean pollDeferred = new AtomicBoolean();

        @Override
        public boolean isReady() {
            pollDeferred.set(true); // before the check: a delivery that ends after it wakes the poller
            if (inDelivery.get()) {
                return false;
            }
            pollDeferred.set(false);
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
            enqueue(() -> delivery.deliver(page), more);
        }

        @Override
        public void epochBegan(LogEnd end) {
            enqueue(() -> delivery.restart(end, resources.executor()), true);
        }

        private void enqueue(Runnable step, boolean more) {
            inDelivery.set(true);
            work.add(() -> {
                try {
                    step.run();
                } finally {
                    inDelivery.set(false);
                    if (pollDeferred.getAndSet(false) || more) {
                        poller.wake();
                    }
                }
            });
        }

        @Override
        public void polled() {
            numbers.retryFailed(room -> work.add(() -> {
                if (rooms.isOpening(room)) {
                    numbers.read(room);
                }
            }));
        }
    }
}
