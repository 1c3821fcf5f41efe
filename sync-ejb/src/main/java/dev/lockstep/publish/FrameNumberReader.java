package dev.lockstep.publish;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.RoundTrip;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.FrameNumbers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Reads the frame numbers of rooms that open, never on the thread that asks. Thread-safe. */
final class FrameNumberReader {
    private static final Logger LOG = System.getLogger(FrameNumberReader.class.getName());

    private final Transactions transactions;
    private final ActionLog log;
    private final Executor executor;
    private final Listener listener;
    private final Set<RoomId> unread = ConcurrentHashMap.newKeySet();

    /** Hears of numbers that were read. */
    @FunctionalInterface
    interface Listener {
        /** @param at a position of the log at which the numbers are at least as new as it */
        void read(RoomId room, Seq at, Map<CollectionName, Long> numbers);
    }

    /** @param executor runs what is read, which blocks */
    FrameNumberReader(Transactions transactions, ActionLog log, Executor executor, Listener listener) {
        this.transactions = transactions;
        this.log = log;
        this.executor = executor;
        this.listener = listener;
    }

    /** Reads a room's numbers. Never blocks, and never fails: what cannot be read is left to {@link #readAgain}. */
    void read(RoomId room) {
        try {
            executor.execute(() -> readNow(room));
        } catch (RejectedExecutionException e) {
            failed(room, e);
        }
    }

    private void readNow(RoomId room) {
        try {
            transactions.run(scope -> {
                // The head first: numbers that are newer than it do no harm, older ones would.
                RoundTrip opening = new RoundTrip(scope.connection());
                RoundTrip.Answer<Seq> asked = log.head(opening);
                var numbers = FrameNumbers.of(opening, room);
                listener.read(room, asked.value(), numbers);
                return room;
            });
        } catch (RuntimeException e) {
            failed(room, e);
        }
    }

    private void failed(RoomId room, RuntimeException e) {
        if (DatabaseFailures.isTransient(e)) {
            DatabaseFailures.report("a room cannot open yet: its frame numbers cannot be read", e);
        } else {
            LOG.log(Level.WARNING, "room=" + room + " cannot open yet: its frame numbers cannot be read", e);
        }
        unread.add(room);
    }

    /** Has the caller ask again for what could not be read, if it is still wanted. */
    void readAgain(Consumer<RoomId> wanted) {
        for (RoomId room : List.copyOf(unread)) {
            unread.remove(room);
            wanted.accept(room);
        }
    }
}
