package dev.lockstep.delivery;

import dev.lockstep.api.Seq;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Epoch;
import dev.lockstep.log.EpochMonitor;
import dev.lockstep.log.LogEnd;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads the log for the publisher, on its own thread, which may wait for the database. It polls the head when woken and
 * every {@link #HEAD_POLL}. It reads the next page after the publisher has delivered the previous one, so at most one page
 * is in memory.
 */
final class LogPoller {
    /** How often the head is polled without a wake-up. */
    static final Duration HEAD_POLL = Duration.ofMillis(250);

    /** Most actions per page. A commit is never split, so a page may be longer. */
    static final int PAGE_ACTIONS_MAX = 1_000;

    /** Longest wait for a running read when the server stops. */
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(5);

    private static final String UNREADABLE =
            "The log cannot be read; trying again every " + HEAD_POLL.toMillis() + " ms";

    private static final Logger LOG = System.getLogger(LogPoller.class.getName());

    private final Transactions transactions;
    private final ActionLog log;
    private final EpochMonitor epochs;
    private final Reader reader;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running = true;
    private volatile Optional<Thread> thread = Optional.empty();
    private long nextPollNanos = System.nanoTime();
    private boolean readFailed;
    private Epoch epoch = Epoch.FIRST;

    /** Receives the pages. Called on the poller's thread. */
    interface Reader {
        /** Whether the next page may be read: false while a page is not yet delivered. */
        boolean isReady();

        /** The delivered position. */
        Seq position();

        /** The last position that may be read of a log with this head; the delivered position if none may. */
        Seq readable(Seq head);

        /**
         * Takes a page. Must not block.
         *
         * @param page all commits after a delivered position, up to its last commit
         * @param more whether further commits may be read
         */
        void take(List<Commit> page, boolean more);

        /** The log has begun another epoch, and ends here. Must not block. */
        void epochBegan(LogEnd end);

        /** The head was polled. Must not block. */
        void polled();
    }

    LogPoller(Transactions transactions, ActionLog log, EpochMonitor epochs, Reader reader) {
        this.transactions = transactions;
        this.log = log;
        this.epochs = epochs;
        this.reader = reader;
    }

    /** Called before {@link #run}, with the epoch that the positions belong to. */
    void startIn(Epoch known) {
        epoch = known;
    }

    /** Polls the head now. Never blocks. */
    void wake() {
        wakeUps.release();
    }

    /** Reads until {@link #stop}. */
    void run() {
        thread = Optional.of(Thread.currentThread());
        try {
            do {
                if (isWoken() || System.nanoTime() - nextPollNanos >= 0) {
                    poll();
                }
            } while (running);
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The log poller stops");
        }
    }

    private boolean isWoken() throws InterruptedException {
        long wait = running ? Math.max(0, nextPollNanos - System.nanoTime()) : 0;
        boolean woken = wakeUps.tryAcquire(wait, TimeUnit.NANOSECONDS);
        wakeUps.drainPermits(); // before the poll: later wake-ups cause another one
        return woken;
    }

    /** Ends {@link #run}. Not by an interrupt, which would close H2's file. */
    void stop() throws InterruptedException {
        running = false;
        wake();
        if (thread.isPresent()) {
            thread.get().join(STOP_WAIT_MAX.toMillis());
        }
    }

    private void poll() {
        nextPollNanos = System.nanoTime() + HEAD_POLL.toNanos();
        try {
            if (reader.isReady()) {
                read();
            }
            readFailed = false;
        } catch (TransactionFailed e) {
            if (DatabaseFailures.isTransient(e)) {
                DatabaseFailures.report(UNREADABLE, e);
            } else if (!readFailed) {
                LOG.log(Level.WARNING, UNREADABLE, e);
            }
            readFailed = true;
        } catch (RuntimeException | Error e) { // without this thread changes of other nodes are not delivered any more
            LOG.log(Level.ERROR, "The log poller continues after a fault; it reads again", e);
        }
        reader.polled();
    }

    private void read() {
        Seq known = epochs.highWaterMark();
        Page page = transactions.run(scope -> {
            LogEnd end = LogEnd.of(scope.connection());
            Seq limit = reader.readable(end.head());
            Seq after = reader.position();
            List<Commit> commits =
                    limit.isAfter(after) ? log.readAfter(scope.connection(), after, PAGE_ACTIONS_MAX) : List.of();
            return new Page(end, commits, limit);
        });
        LogEnd end = epochs.checked(page.end(), known);
        if (!end.epoch().equals(epoch)) {
            epoch = end.epoch();
            reader.epochBegan(end);
            return;
        }
        List<Commit> readable = page.commits().stream()
                .filter(commit -> !commit.last().isAfter(page.limit()))
                .toList();
        if (!readable.isEmpty()) { // else not readable yet: the next poll finds it
            reader.take(readable, page.limit().isAfter(readable.getLast().last()));
        }
    }

    private record Page(LogEnd end, List<Commit> commits, Seq limit) {}
}
