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

/** Reads the frame numbers of opening rooms, never on the caller's thread. Thread-safe. */
final class FrameNumberReader {
    /** Rooms read concurrently; further ones wait for a permit. Each waits once for all its subscribers. */
    private static final int READERS_MAX = 4;

    private static final Logger LOG = System.getLogger(FrameNumberReader.class.getName());

    private final Transactions transactions;
    private final ActionLog log;
    private final ReadBulkhead bulkhead;
    private final Listener listener;
    private final Set<RoomId> failed = ConcurrentHashMap.newKeySet();

    /** Receives the numbers. */
    @FunctionalInterface
    interface Listener {
        /** @param at a position of the log; the numbers are at least as recent */
        void onRead(RoomId room, Seq at, Map<CollectionName, Long> numbers);
    }

    /** @param executor runs the reads, which block */
    FrameNumberReader(Transactions transactions, ActionLog log, Executor executor, Listener listener) {
        this.transactions = transactions;
        this.log = log;
        this.bulkhead = new ReadBulkhead(READERS_MAX, Integer.MAX_VALUE, refused -> refused, executor);
        this.listener = listener;
    }

    /** Reads a room's numbers. Never blocks and never fails: {@link #retryFailed} retries failed reads. */
    void read(RoomId room) {
        var unused = bulkhead.submit(() -> readNow(room)).whenComplete((found, failure) -> {
            if (failure != null) {
                onFailure(room, failure);
            }
        });
    }

    private RoomId readNow(RoomId room) {
        return transactions.run(scope -> {
            // The head is read first: numbers may be newer than it, but not older.
            StatementPipeline opening = new StatementPipeline(scope.connection());
            StatementPipeline.PendingResult<Seq> head = log.head(opening);
            var numbers = FrameNumbers.of(opening, room);
            listener.onRead(room, head.value(), numbers);
            return room;
        });
    }

    private void onFailure(RoomId room, Throwable failure) {
        if (DatabaseFailures.isTransient(failure)) {
            DatabaseFailures.report("A room cannot open yet: its frame numbers cannot be read", failure);
        } else {
            LOG.log(Level.WARNING, "room=" + room + " cannot open yet: its frame numbers cannot be read", failure);
        }
        failed.add(room);
    }

    /** Passes the rooms whose reads failed to the caller, which reads those that are still opening again. */
    void retryFailed(Consumer<RoomId> retry) {
        for (RoomId room : List.copyOf(failed)) {
            failed.remove(room);
            retry.accept(room);
        }
    }
}
