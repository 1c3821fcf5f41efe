package dev.lockstep.event;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEnd;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RoomStamps;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Operators' work on event stores: lists, imports, resets. Each change is a transaction of its own, with the locks of every
 * writer, so it is safe beside appends of any node. Every method blocks on the database, and fails with a
 * {@code SyncException}, as {@code UNAVAILABLE} if the database does not respond. Thread-safe.
 */
public final class StoreMaintenance {
    /** Most attempts if other transactions lock the same room; each waits a second for the lock. */
    private static final int TRIES_MAX = 5;

    private final Transactions transactions;
    private final ActionLog log;
    private final InstantSource clock;
    private final ErasedStores erasedStores = new ErasedStores();

    public StoreMaintenance(Transactions transactions, ActionLog log, InstantSource clock) {
        this.transactions = transactions;
        this.log = log;
        this.clock = clock;
    }

    /**
     * An event of an import.
     *
     * @param stampMicros when it was appended to the store that was exported; empty for now
     */
    public record ImportedEvent(StoreEvent event, Optional<Long> stampMicros) {}

    /**
     * The result of one import.
     *
     * @param store the store afterwards
     * @param appended how many events were appended
     * @param present how many events the store had already
     */
    public record Import(StoreState store, int appended, int present) {}

    /**
     * The stores of an application, in an order that does not change.
     *
     * @param after the last store of the previous page; empty for the first page
     */
    public List<StoreState> list(String application, Optional<StoreName> after, int storesMax) {
        String namespace = RoomId.ofEvents(application, "any").namespace();
        String name = after.map(last -> last.room(application).name()).orElse("");
        return reading(connection -> StoreTable.list(connection, namespace, name, storesMax));
    }

    /** The store; empty if it does not exist. */
    public Optional<StoreState> find(RoomId room) {
        return reading(connection -> StoreTable.find(connection, room));
    }

    /** The events of a store, like {@link EventStores#page}, for a reader with a limit of its own. */
    public StorePage page(RoomId room, String backendId, long after, int eventsMax, long charactersMax) {
        return DatabaseFailures.refusing(
                "Events not read",
                () -> transactions.snapshot(scope -> StoreTable.page(
                        scope.connection(),
                        StoreTable.find(scope.connection(), room)
                                .filter(found -> found.backendId().equals(backendId))
                                .orElseThrow(StoreMaintenance::reset),
                        after,
                        eventsMax,
                        charactersMax)));
    }

    private static SyncException reset() {
        return new SyncException(ErrorCode.STORE_RESET, "The store was reset meanwhile; begin again");
    }

    /**
     * Begins a new incarnation without events. Subscribers of all nodes are closed, and clients drop the events that they
     * have. The store keeps its name and its owner.
     *
     * @return the store afterwards; empty if it does not exist
     */
    public Optional<StoreState> reset(RoomId room) {
        return writing(connection -> {
            RoomStamps stamps = RoomStamps.lock(connection, Set.of(room));
            Optional<StoreState> store = StoreTable.find(connection, room);
            if (store.isEmpty()) {
                return store;
            }
            // The room is locked, so the log has no later action of the store.
            LogEnd end = LogEnd.of(connection);
            Incarnation next = Incarnation.begin(end.epoch().began().value());
            StoreTable.reset(connection, store.get(), next, end.head());
            Optional<StoreState> empty = StoreTable.find(connection, room);
            long stamp = stamps.next(Set.of(room), nowMicros());
            append(
                    connection,
                    stamps,
                    LogEntry.events(
                            room, StoreEvent.COLLECTION, EventRange.RESET, stamp, Optional.empty(), Optional.empty()));
            return empty;
        });
    }

    /** Deletes what earlier resets of a store have left: its events, and their copies in the log. */
    public void deleteErased(RoomId room) {
        for (String incarnation : reading(connection -> ErasedStores.of(connection, room))) {
            boolean more = true;
            while (more) {
                more = deleting(connection -> erasedStores.deleteSome(connection, incarnation));
            }
        }
    }

    /**
     * Appends events with their own numbers, all or none. Events that the store has already are compared and skipped, so an
     * import that was interrupted may be repeated.
     *
     * @param events 1 to {@link Change.Append#EVENTS_MAX}, each the parent of the next. The first is one of the store, or
     *     follows its head
     * @throws SyncException as {@code HEAD_MOVED}, if they do not follow the head, or differ from the store's events
     */
    public Import append(RoomId room, List<ImportedEvent> events) {
        return writing(connection -> {
            RoomStamps stamps = RoomStamps.lock(connection, Set.of(room));
            StoreState store = StoreTable.find(connection, room)
                    .orElseThrow(() -> new SyncException(ErrorCode.NOT_FOUND, "There is no store of this name"));
            int present = (int) events.stream()
                    .filter(each -> each.event().number() <= store.head())
                    .count();
            requireEqual(connection, store, events.subList(0, present));
            List<ImportedEvent> rest = events.subList(present, events.size());
            if (rest.isEmpty()) {
                return new Import(store, 0, present);
            }
            StoreHeads heads = StoreHeads.read(connection, List.of(room));
            List<StoreEvent> appended = rest.stream().map(ImportedEvent::event).toList();
            Optional<Refusal> refusal = heads.refuses(room, new Change.Append(appended, Optional.empty()));
            if (refusal.isPresent()) {
                throw new SyncException(refusal.get());
            }
            long stamp = stamps.next(Set.of(room), nowMicros());
            List<Long> times =
                    rest.stream().map(each -> each.stampMicros().orElse(stamp)).toList();
            LogEntry entry = heads.appendImported(room, appended, times, stamp);
            StatementPipeline closing = new StatementPipeline(connection);
            heads.save(closing);
            closing.execute();
            append(connection, stamps, entry);
            return new Import(StoreTable.find(connection, room).orElseThrow(), rest.size(), present);
        });
    }

    private static void requireEqual(Connection connection, StoreState store, List<ImportedEvent> imported)
            throws SQLException {
        if (imported.isEmpty()) {
            return;
        }
        long after = imported.getFirst().event().number() - 1;
        List<String> stored =
                StoreTable.page(connection, store, after, imported.size(), Long.MAX_VALUE).events().stream()
                        .map(StoredEvent::json)
                        .toList();
        if (!stored.equals(imported.stream().map(each -> each.event().json()).toList())) {
            throw new SyncException(
                    ErrorCode.HEAD_MOVED,
                    "The store has other events than the import between "
                            + imported.getFirst().event().number() + " and "
                            + imported.getLast().event().number() + "; reset it, or import into an empty store");
        }
    }

    /** Stores the stamps and appends one commit: the head is locked here, last. */
    private void append(Connection connection, RoomStamps stamps, LogEntry entry) throws SQLException {
        StatementPipeline closing = new StatementPipeline(connection);
        stamps.save(closing);
        log.append(closing, ThreadLocalRandom.current().nextLong(), List.of(List.of(entry)));
        closing.execute();
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** A part of a transaction. */
    @FunctionalInterface
    private interface Step<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T reading(Step<T> step) {
        return DatabaseFailures.refusing(
                "Event stores not read", () -> transactions.snapshot(scope -> step.on(scope.connection())));
    }

    private <T> T deleting(Step<T> step) {
        return DatabaseFailures.refusing(
                "Events not deleted", () -> transactions.run(scope -> step.on(scope.connection())));
    }

    /** Each step may be repeated: a reset resets again, an import skips what it has stored. */
    private <T> T writing(Step<T> step) {
        return DatabaseFailures.refusing("Event store not changed", () -> writing(step, TRIES_MAX));
    }

    private <T> T writing(Step<T> step, int tries) {
        try {
            return transactions.run(scope -> {
                WritingTransactions.begin(scope.connection(), WritingTransactions.LOCK_WAIT_MAX);
                return step.on(scope.connection());
            });
        } catch (TransactionFailed e) {
            if (tries == 1 || !DatabaseFailures.isTransient(e)) {
                throw e;
            }
            return writing(step, tries - 1);
        }
    }
}
