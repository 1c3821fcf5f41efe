package dev.lockstep.access;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.ReadBulkhead;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.event.EventStores;
import dev.lockstep.event.StoreMaintenance;
import dev.lockstep.event.StoreMaintenance.Import;
import dev.lockstep.event.StoreMaintenance.ImportedEvent;
import dev.lockstep.event.StorePage;
import dev.lockstep.event.StoreState;
import dev.lockstep.execution.EngineExecutor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Operators' access to event stores. No access rule applies: the caller is not a user, and the endpoint has checked the
 * operator's key. Failures are {@code SyncException}s, as {@code NOT_FOUND} if there is no such store. Thread-safe.
 */
@ApplicationScoped
public class StoreOperations {
    /** Pages of exports that are read at a time. Further ones wait for a permit. */
    private static final int EXPORTS_MAX = 2;

    /** Waiting pages. A further one is refused as {@code OVERLOADED}. */
    private static final int WAITING_MAX = 64;

    /** Events of one page of an export, which is one short transaction. */
    private static final int PAGE_EVENTS_MAX = 2_000;

    /** Characters of one page of an export. */
    private static final long PAGE_CHARACTERS_MAX = 1024 * 1024;

    /** Longest wait for the number of subscribers, in seconds. */
    private static final int COUNT_SECONDS_MAX = 5;

    private static final Logger LOG = System.getLogger(StoreOperations.class.getName());

    @Inject
    private EventStores stores;

    @Inject
    private StoreMaintenance maintenance;

    @Inject
    private PublisherThread publisher;

    @Inject
    private EngineExecutor executor;

    private ReadBulkhead exports;

    @PostConstruct
    void create() {
        exports = new ReadBulkhead(
                EXPORTS_MAX,
                WAITING_MAX,
                refused -> new SyncException(
                        ErrorCode.OVERLOADED, "Too many exports are running; send the request again later", refused),
                executor);
    }

    /**
     * A store and its subscribers.
     *
     * @param subscribers the number of open pulls on this node
     */
    public record OperatedStore(StoreState store, int subscribers) {}

    /**
     * The stores of an application, by pages. Blocks on the database.
     *
     * @param after the last store of the previous page; empty for the first page
     */
    public CompletionStage<List<OperatedStore>> list(String application, Optional<StoreName> after, int storesMax) {
        List<StoreState> page = maintenance.list(application, after, storesMax);
        List<RoomId> rooms = page.stream().map(StoreState::room).toList();
        return publisher
                .subscribers(rooms)
                .toCompletableFuture()
                .orTimeout(COUNT_SECONDS_MAX, TimeUnit.SECONDS)
                .thenApplyAsync(
                        counts -> page.stream()
                                .map(store -> new OperatedStore(store, counts.getOrDefault(store.room(), 0)))
                                .toList(),
                        executor);
    }

    /** The store. Blocks on the database. */
    public StoreState find(RoomId room) {
        return maintenance.find(room).orElseThrow(StoreOperations::notFound);
    }

    /**
     * The events of a store after a number, in a short transaction of its own. Never blocks. Fails as {@code STORE_RESET} if
     * the store was reset meanwhile.
     */
    public CompletionStage<StorePage> page(StoreState store, long after) {
        return exports.submit(
                () -> maintenance.page(store.room(), store.backendId(), after, PAGE_EVENTS_MAX, PAGE_CHARACTERS_MAX));
    }

    private static SyncException notFound() {
        return new SyncException(ErrorCode.NOT_FOUND, "There is no store of this name");
    }

    /**
     * Appends events with their own numbers, as {@link StoreMaintenance#append}. Creates the store if it does not exist.
     * Blocks on the database.
     *
     * @param owner the user who owns a created store; if empty, it is open to all callers, unless the application decides
     */
    public Import append(RoomId room, Optional<String> owner, List<ImportedEvent> events) {
        stores.open(room, owner);
        Import appended = maintenance.append(room, events);
        publisher.pollNow();
        return appended;
    }

    /**
     * Empties a store. Its events are deleted later. Blocks on the database.
     *
     * @return the store afterwards
     */
    public StoreState reset(RoomId room) {
        StoreState before = find(room);
        StoreState after = maintenance.reset(room).orElseThrow(StoreOperations::notFound);
        publisher.pollNow();
        log(room, "reset; its events are deleted within minutes", before);
        return after;
    }

    /**
     * Empties a store, and deletes its events before it returns: from its table and from the log. If that fails after the
     * reset, housekeeping deletes the rest. Blocks on the database.
     *
     * @return the store afterwards
     */
    public StoreState erase(RoomId room) {
        StoreState before = find(room);
        StoreState after = maintenance.reset(room).orElseThrow(StoreOperations::notFound);
        publisher.pollNow();
        maintenance.deleteErased(room);
        log(room, "erased", before);
        return after;
    }

    private static void log(RoomId room, String what, StoreState before) {
        LOG.log(
                Level.INFO,
                "application={0} store={1}: {2}, by an operator; it had {3} events",
                room.application(),
                room.name(),
                what,
                String.valueOf(before.events()));
    }
}
