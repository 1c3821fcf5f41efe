package dev.lockstep.delivery;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.ReadBulkhead;
import dev.lockstep.database.StatementPipeline;
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
import java.util.function.Consumer;

/** Reads the frame numbers of rooms that open, never on the thread that asks. Thread-safe. */
final class FrameNumberReader {
    /** Rooms that are read at a time; more wait for their turn. Each waits once, however many want in. */
    private static final int READERS_MAX = 4;

    private static final Logger LOG = System.getLogger(FrameNumberReader.class.getName());

    private final Transactions transactions;
    private final ActionLog log;
    private final ReadBulkhead turns;
    private final Listener listener;
    private final Set<RoomId> unread = ConcurrentHashMap.newKeySet();

    /** Hears of numbers that were read. */
    @FunctionalInterface
    interface Listener {
        /** @param at a position of the log at which the numbers are at least as new as it */
        void onRead(RoomId room, Seq at, Map<CollectionName, Long> numbers);
    }

    /** @param executor runs what is read, which blocks */
    FrameNumberReader(Transactions transactions, ActionLog log, Executor executor, Listener listener) {
        this.transactions = transactions;
        this.log = log;
        this.turns = new ReadBulkhead(READERS_MAX, Integer.MAX_VALUE, refused -> refused, executor);
        this.listener = listener;
    }

    /** Reads a room's numbers. Never blocks, and never fails: what cannot be read is left to {@link #readAgain}. */
    void read(RoomId room) {
        var unused = turns.submit(() -> readNow(room)).whenComplete((found, failure) -> {
            if (failure != null) {
                failed(room, failure);
            }
        });
    }

    private RoomId readNow(RoomId room) {
        return transactions.run(scope -> {
            // The head first: numbers that are newer than it do no harm, older ones would.
            StatementPipeline opening = new StatementPipeline(scope.connection());
            StatementPipeline.PendingResult<Seq> asked = log.head(opening);
            var numbers = FrameNumbers.of(opening, room);
            listener.onRead(room, asked.value(), numbers);
            return room;
        });
    }

    private void failed(RoomId room, Throwable failure) {
        if (DatabaseFailures.isTransient(failure)) {
            DatabaseFailures.report("a room cannot open yet: its frame numbers cannot be read", failure);
        } else {
            LOG.log(Level.WARNING, "room=" + room + " cannot open yet: its frame numbers cannot be read", failure);
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
