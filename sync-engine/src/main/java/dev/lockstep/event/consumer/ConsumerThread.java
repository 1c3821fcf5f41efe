package dev.lockstep.event.consumer;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.event.EventConsumer;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.LogEnd;
import dev.lockstep.trace.RecurringFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The thread of one consumer: it looks for stores with new events when it is woken, and every {@link #POLL_INTERVAL} in case
 * another node has appended them.
 */
final class ConsumerThread {
    /** How often the head of the log is compared without a wake-up. */
    static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    /** Most events in one transaction. */
    static final int EVENTS_MAX = 100;

    /** Most stores that are looked up at a time. */
    private static final int STORES_MAX = 100;

    /** Wait before a failed store is tried again; twice as long after each further failure, up to the maximum. */
    static final Duration RETRY_MIN = Duration.ofSeconds(1);

    static final Duration RETRY_MAX = Duration.ofMinutes(1);

    private static final String UNREAD = "Events were not passed to a consumer; trying again";

    private static final Logger LOG = System.getLogger(ConsumerThread.class.getName());

    private final String name;
    private final Transactions engine;
    private final Transactions application;
    private final ConsumerPositions positions;
    private final StoreDelivery delivery;
    private final RecurringFault faults;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Map<RoomId, Failure> failed = new HashMap<>();
    private volatile boolean stopped;
    private Seq seen = new Seq(0);
    private boolean level;

    private record Failure(long retryAtNanos, Duration delay) {}

    /**
     * The thread of a consumer, not started.
     *
     * @param engine transactions of the engine, for positions
     * @param application transactions in which the consumer runs: changes of entities are logged
     */
    ConsumerThread(String ofApplication, EventConsumer consumer, Transactions engine, Transactions application) {
        this.name = "lockstep-consumer-" + ofApplication + "-" + consumer.name();
        this.engine = engine;
        this.application = application;
        this.positions = new ConsumerPositions(ofApplication, consumer.name());
        this.delivery = new StoreDelivery(consumer, positions);
        this.faults = new RecurringFault(
                LOG,
                Level.ERROR,
                "The consumer '" + consumer.name() + "' of '" + ofApplication + "' failed at the events of a store;"
                        + " it tries again, and the store's later events wait");
    }

    /** The name of the thread. */
    String name() {
        return name;
    }

    /** There may be new events. Never blocks. */
    void wake() {
        wakeUps.release();
    }

    /** Delivers events until {@link #stop}. */
    void run() {
        try {
            while (!stopped) {
                boolean woken = wakeUps.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                wakeUps.drainPermits(); // before the look: later wake-ups cause another one
                if (!stopped) {
                    deliverSafely(woken);
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "A consumer stops");
        }
    }

    void stop() {
        stopped = true;
        wake();
    }

    private void deliverSafely(boolean woken) {
        try {
            Seq head = engine.run(scope -> LogEnd.of(scope.connection()).head());
            if (woken || !level || !head.equals(seen)) {
                level = deliverAll();
                seen = head;
            }
            faults.succeeded();
        } catch (RuntimeException | Error e) { // the thread must not end
            level = false;
            DatabaseFailures.report(UNREAD, e, faults::failed);
        }
    }

    /** Whether the consumer has received everything. */
    private boolean deliverAll() {
        boolean isComplete = true;
        String last = "";
        List<RoomId> stores = pendingAfter(last);
        while (!stores.isEmpty() && !stopped) {
            for (RoomId store : stores) {
                isComplete &= isDue(store) && deliver(store);
            }
            last = stores.getLast().name();
            stores = stores.size() < STORES_MAX ? List.of() : pendingAfter(last);
        }
        return isComplete;
    }

    private List<RoomId> pendingAfter(String name) {
        return engine.run(scope -> positions.pending(scope.connection(), name, STORES_MAX));
    }

    private boolean isDue(RoomId store) {
        Failure before = failed.get(store);
        return before == null || before.retryAtNanos() - System.nanoTime() <= 0;
    }

    /** Delivers the events of a store; false if that failed. */
    private boolean deliver(RoomId store) {
        int eventsMax = failed.containsKey(store) ? 1 : EVENTS_MAX;
        try {
            boolean more = true;
            while (more && !stopped) {
                int most = eventsMax;
                more = application.run(scope -> delivery.deliver(scope.connection(), store, most));
            }
            failed.remove(store);
            return true;
        } catch (RuntimeException | Error e) {
            Failure before = failed.get(store);
            // An outage says nothing about the events.
            Duration wait = before == null || DatabaseFailures.isTransient(e)
                    ? RETRY_MIN
                    : before.delay().multipliedBy(2);
            Duration bounded = wait.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : wait;
            // After the first failure one by one, so that the events before the one at fault are received.
            failed.put(store, new Failure(System.nanoTime() + (before == null ? 0 : bounded.toNanos()), bounded));
            DatabaseFailures.report(UNREAD, e, faults::failed);
            return false;
        }
    }
}
