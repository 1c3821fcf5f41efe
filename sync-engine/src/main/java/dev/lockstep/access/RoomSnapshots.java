package dev.lockstep.access;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.RowRepository.KeyValue;
import dev.lockstep.database.CoalescedReads;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.ReadBulkhead;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.room.Visibility;
import dev.lockstep.snapshot.BulkSnapshot;
import dev.lockstep.snapshot.SnapshotQuery;
import dev.lockstep.snapshot.Snapshots;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Rows of all rooms of a {@link ReadCapability}, which the access chain has granted. */
@ApplicationScoped
public class RoomSnapshots {
    /** Concurrent snapshots of each kind (coalesced, others). Further ones wait for a permit. */
    private static final int READERS_MAX = 2;

    /** Waiting snapshots of each kind. A further one is refused as {@code OVERLOADED}. */
    private static final int WAITING_MAX = 64;

    @Inject
    private Snapshots snapshots;

    @Inject
    private ContainerResources resources;

    @Inject
    private Metrics metrics;

    private final ReadBulkhead bulkhead = newBulkhead();
    // A bulkhead of their own: coalesced reads cover everything that a caller may see, and yield to writers for long.
    private final ReadBulkhead coalescedBulkhead = newBulkhead();

    @PostConstruct
    void registerMetrics() {
        metrics.readsWaiting(() -> bulkhead.waiting() + coalescedBulkhead.waiting());
    }

    private ReadBulkhead newBulkhead() {
        return new ReadBulkhead(
                READERS_MAX,
                WAITING_MAX,
                refused -> new SyncException(
                        ErrorCode.OVERLOADED,
                        "The server is reading as many snapshots as it can; send the request again later",
                        refused),
                task -> resources.executor().execute(task));
    }

    /**
     * The requested rows of one collection.
     *
     * @param room only rows in this room; of no effect for rows without a room
     * @param key only rows with this key
     * @param rowsMax most rows
     * @param line the writer of one row
     */
    public record Wanted(
            CollectionModel model,
            Optional<String> room,
            Optional<KeyValue> key,
            int rowsMax,
            SnapshotQuery.Line line) {}

    /**
     * Reads rows of one instant, as soon as a permit is free. Fails with a {@code SyncException} if too many reads wait or
     * too many bytes are held; as {@code TOO_LARGE}, if the result exceeds what the caller may request.
     *
     * @param bytesMax most bytes of all rows
     * @param then converts the snapshot, on the thread that has read it
     */
    public <T> CompletionStage<T> read(
            ReadCapability capability, List<Wanted> wanted, long bytesMax, Function<BulkSnapshot, T> then) {
        List<SnapshotQuery> queries = queries(capability, wanted);
        return bulkhead.submit(() -> then.apply(collect(queries, bytesMax)));
    }

    /**
     * Reads that are shared by all callers with the same request and the same rights. Thread-safe.
     *
     * @param <W> the request and its form; equal for equal requests
     */
    public final class Coalesced<W, T> {
        private final CoalescedReads<Key<W>, T> reads;

        private record Key<W>(Visibility visibility, W wanted) {}

        private Coalesced(BiFunction<T, Integer, List<T>> share) {
            this.reads = new CoalescedReads<>(coalescedBulkhead, share, metrics::readShared);
        }

        /**
         * Reads rows as {@link RoomSnapshots#read}, or shares the read of another caller.
         *
         * @param what everything that distinguishes reads, besides the rights to rows
         */
        public CompletionStage<T> read(
                ReadCapability capability, W what, List<Wanted> wanted, Function<BulkSnapshot, T> then) {
            List<SnapshotQuery> queries = queries(capability, wanted);
            return reads.submit(
                    new Key<>(capability.rowVisibility(), what), () -> then.apply(collect(queries, Long.MAX_VALUE)));
        }
    }

    /** @param share makes as many copies of a result as there are readers */
    public <W, T> Coalesced<W, T> shared(BiFunction<T, Integer, List<T>> share) {
        return new Coalesced<>(share);
    }

    private static List<SnapshotQuery> queries(ReadCapability capability, List<Wanted> wanted) {
        Set<CollectionName> visible = capability.visibility().collections();
        return wanted.stream()
                .map(each -> query(capability, visible.contains(each.model().name()), each))
                .toList();
    }

    private BulkSnapshot collect(List<SnapshotQuery> queries, long bytesMax) {
        return DatabaseFailures.refusing("Request not read", () -> snapshots.collect(queries, bytesMax));
    }

    private static SnapshotQuery query(ReadCapability capability, boolean isVisible, Wanted wanted) {
        CollectionModel model = wanted.model();
        Set<String> rooms = new LinkedHashSet<>();
        Map<String, Predicate<Row>> filters = new HashMap<>();
        for (RoomId room : capability.rooms()) {
            if (isVisible && room.isShared() == model.isSingleTenant() && isWanted(wanted, room)) {
                rooms.add(room.name());
                capability.rowFilter(room, model.name()).ifPresent(filter -> filters.put(room.name(), filter));
            }
        }
        return new SnapshotQuery(model, rooms, filters, wanted.key(), wanted.rowsMax(), wanted.line());
    }

    private static boolean isWanted(Wanted wanted, RoomId room) {
        return room.isShared() || wanted.room().map(room.name()::equals).orElse(true);
    }
}
