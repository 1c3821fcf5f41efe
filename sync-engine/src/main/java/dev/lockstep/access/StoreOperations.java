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
import dev.lockstep.event.StoredEvent;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.snapshot.Snapshots;
import dev.lockstep.snapshot.Spool;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Operators' access to event stores. No access rule applies: the caller is not a user, and the endpoint has checked the
 * operator's key. Failures are {@code SyncException}s, as {@code NOT_FOUND} if there is no such store. Thread-safe.
 */
@ApplicationScoped
public class StoreOperations {
    /** Concurrent exports. Further ones wait for a permit. */
    private static final int EXPORTS_MAX = 2;

    /** Waiting exports. A further one is refused as {@code OVERLOADED}. */
    private static final int WAITING_MAX = 16;

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
    private Snapshots snapshots;

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
     * Events of a store as lines.
     *
     * @param last the number of the last event; that of the request if there are none
     * @param remaining how many events followed when the last one was read; 0 at the end of the store
     */
    public record StoreExport(String backendId, Spool lines, long last, long remaining) {}

    /**
     * The stores of an application, by pages. Blocks on the database.
     *
     * @param after the last store of the previous page; empty for the first page
     */
    public CompletionStage<List<OperatedStore>> list(String application, Optional<StoreName> after, int storesMax) {
        List<StoreState> stores = maintenance.list(application, after, storesMax);
        List<RoomId> rooms = stores.stream().map(StoreState::room).toList();
        return publisher
                .subscribers(rooms)
                .toCompletableFuture()
                .orTimeout(COUNT_SECONDS_MAX, TimeUnit.SECONDS)
                .thenApplyAsync(
                        counts -> stores.stream()
                                .map(store -> new OperatedStore(store, counts.getOrDefault(store.room(), 0)))
                                .toList(),
                        executor);
    }

    /**
     * Reads events into a spool, at the speed of the database and in short transactions. Never blocks.
     *
     * @param after the number of the last event that is not wanted
     * @param bytesMax about how many bytes are spooled; the rest is left for another export
     * @param line the line of an event, with its end
     */
    public CompletionStage<StoreExport> export(
            RoomId room, long after, long bytesMax, Function<StoredEvent, String> line) {
        return exports.submit(() -> new Export(require(room), after, bytesMax, line).read());
    }

    private StoreState require(RoomId room) {
        return maintenance.find(room).orElseThrow(StoreOperations::notFound);
    }

    private static SyncException notFound() {
        return new SyncException(ErrorCode.NOT_FOUND, "There is no store of this name");
    }

    /** One export. */
    private final class Export {
        private final StoreState store;
        private final long bytesMax;
        private final Function<StoredEvent, String> line;
        private long last;
        private long remaining;

        Export(StoreState store, long after, long bytesMax, Function<StoredEvent, String> line) {
            this.store = store;
            this.last = after;
            this.bytesMax = bytesMax;
            this.line = line;
        }

        StoreExport read() {
            Spool lines = snapshots.spool(this::write);
            return new StoreExport(store.backendId(), lines, last, remaining);
        }

        private void write(Consumer<byte[]> spool) {
            long bytes = 0;
            do {
                StorePage page =
                        maintenance.page(store.room(), store.backendId(), last, PAGE_EVENTS_MAX, PAGE_CHARACTERS_MAX);
                StringBuilder text = new StringBuilder();
                page.events().forEach(event -> text.append(line.apply(event)));
                byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
                spool.accept(utf8);
                bytes += utf8.length;
                if (!page.events().isEmpty()) {
                    last = page.events().getLast().number();
                }
                remaining = page.remaining();
            } while (remaining > 0 && bytes < bytesMax);
        }
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
        StoreState before = require(room);
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
        StoreState before = require(room);
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
