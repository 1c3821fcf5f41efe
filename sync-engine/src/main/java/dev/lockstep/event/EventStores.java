package dev.lockstep.event;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.ReadBulkhead;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.LogEnd;
import dev.lockstep.log.RoomStamps;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Reads event stores, and creates them. Thread-safe. */
public final class EventStores {
    /** Pages read concurrently; further ones wait. After a restart all clients reconnect at once. */
    static final int READERS_MAX = 4;

    /** Most waiting pages. One more is refused as {@code OVERLOADED}. */
    static final int PAGES_WAITING_MAX = 20_000;

    private final Transactions transactions;
    private final InstantSource clock;
    private final ReadBulkhead pages;

    /** @param executor runs the reads of pages, which block */
    public EventStores(Transactions transactions, InstantSource clock, Executor executor) {
        this.transactions = transactions;
        this.clock = clock;
        this.pages = new ReadBulkhead(READERS_MAX, PAGES_WAITING_MAX, EventStores::refused, executor);
    }

    private static SyncException refused(RejectedExecutionException cause) {
        return new SyncException(
                ErrorCode.OVERLOADED,
                "Too many requests are reading event stores; send the request again later",
                cause);
    }

    /**
     * The store, which is created if it does not exist. Blocks on the database.
     *
     * @param user the owner if it is created; empty if anonymous
     */
    public StoreState open(RoomId room, Optional<String> user) {
        return DatabaseFailures.refusing(
                "Event store not opened", () -> find(room).orElseGet(() -> create(room, user)));
    }

    /** Of several first requests one creates the store; the transactions of the others fail, and they find it. */
    private StoreState create(RoomId room, Optional<String> user) {
        try {
            return transactions.run(scope -> {
                RoomStamps stamps = RoomStamps.lock(scope.connection(), Set.of(room));
                Optional<StoreState> existing = StoreTable.find(scope.connection(), room);
                if (existing.isPresent()) {
                    return existing.get(); // another request was faster
                }
                long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
                stamps.next(Set.of(room), now);
                stamps.saveNow(scope.connection());
                long epoch = LogEnd.of(scope.connection()).epoch().began().value();
                StoreTable.insert(scope.connection(), room, Incarnation.begin(epoch), user, now);
                return StoreTable.find(scope.connection(), room).orElseThrow();
            });
        } catch (TransactionFailed failure) {
            if (!DatabaseFailures.isTransient(failure)) {
                throw failure;
            }
            return find(room).orElseThrow(() -> failure);
        }
    }

    /** The store; empty if it does not exist. Blocks on the database. */
    public Optional<StoreState> find(RoomId room) {
        return transactions.run(scope -> StoreTable.find(scope.connection(), room));
    }

    /**
     * The events of a store after a number, of one instant. Fails with a {@code SyncException} as {@code STORE_RESET} if the
     * store is of another incarnation.
     *
     * @param backendId the id of the store as the reader knows it
     * @param eventsMax most events
     * @param charactersMax most characters of their JSON; one event is read in any case
     */
    public CompletionStage<StorePage> page(
            RoomId room, String backendId, long after, int eventsMax, long charactersMax) {
        return pages.submit(() -> transactions.snapshot(scope -> {
            StoreState store = StoreTable.find(scope.connection(), room)
                    .filter(found -> found.backendId().equals(backendId))
                    .orElseThrow(() -> new SyncException(
                            ErrorCode.STORE_RESET,
                            "The store was reset or restored; discard its events and read it again"));
            return StoreTable.page(scope.connection(), store, after, eventsMax, charactersMax);
        }));
    }
}
