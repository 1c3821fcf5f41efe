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

/** Rows of all the rooms that somebody has rights to. The access chain has judged the rights. */
@ApplicationScoped
public class RoomSnapshots {
    /** Snapshots that are read at a time: shared ones, and others. More wait for their turn. */
    private static final int READERS_MAX = 2;

    /** Snapshots that wait, of each kind. One more is refused as {@code OVERLOADED}. */
    private static final int WAITING_MAX = 64;

    @Inject
    private Snapshots snapshots;

    @Inject
    private ContainerResources lent;

    @Inject
    private Metrics metrics;

    private final ReadBulkhead turns = newTurns();

    // Their own: the shared ones are of everything that somebody may see, and give way to writers for long.
    private final ReadBulkhead sharedTurns = newTurns();

    @PostConstruct
    void show() {
        metrics.readsWaiting(() -> turns.waiting() + sharedTurns.waiting());
    }

    private ReadBulkhead newTurns() {
        return new ReadBulkhead(
                READERS_MAX,
                WAITING_MAX,
                refused -> new SyncException(
                        ErrorCode.OVERLOADED,
                        "Too many are reading everything at the moment; ask again later",
                        refused),
                task -> lent.executor().execute(task));
    }

    /**
     * What somebody wants of one collection.
     *
     * @param room only rows in it; where rows have no room, all the same
     * @param key only rows with it
     * @param rowsMax at most so many
     * @param line how a row is written
     */
    public record Wanted(
            CollectionModel model,
            Optional<String> room,
            Optional<KeyValue> key,
            int rowsMax,
            SnapshotQuery.Line line) {}

    /**
     * Reads rows, all at one instant, when their turn has come. Fails with a {@code SyncException} if too many wait, or
     * too much; as {@code TOO_LARGE}, if it is more than the caller may ask for.
     *
     * @param bytesMax most bytes of all rows
     * @param then what is made of them, by the thread that has read them
     */
    public <T> CompletionStage<T> read(
            ReadCapability capability, List<Wanted> wanted, long bytesMax, Function<BulkSnapshot, T> then) {
        List<SnapshotQuery> queries = parts(capability, wanted);
        return turns.submit(() -> then.apply(collect(queries, bytesMax)));
    }

    /**
     * Readings that are shared by all who want the same with the same rights. Thread-safe.
     *
     * @param <W> what is wanted, and how; equal for the same
     */
    public final class Coalesced<W, T> {
        private final CoalescedReads<Same<W>, T> shared;

        private record Same<W>(Visibility shown, W wanted) {}

        private Coalesced(BiFunction<T, Integer, List<T>> share) {
            this.shared = new CoalescedReads<>(sharedTurns, share, metrics::readShared);
        }

        /**
         * Reads rows as {@link RoomSnapshots#read}, or shares what somebody else reads for himself.
         *
         * @param what all that makes one reading another than the next, besides the rights to its rows
         */
        public CompletionStage<T> read(
                ReadCapability capability, W what, List<Wanted> wanted, Function<BulkSnapshot, T> then) {
            List<SnapshotQuery> queries = parts(capability, wanted);
            return shared.submit(
                    new Same<>(capability.rowVisibility(), what), () -> then.apply(collect(queries, Long.MAX_VALUE)));
        }
    }

    /** @param share makes as many of what was read as there are readers */
    public <W, T> Coalesced<W, T> shared(BiFunction<T, Integer, List<T>> share) {
        return new Coalesced<>(share);
    }

    private static List<SnapshotQuery> parts(ReadCapability capability, List<Wanted> wanted) {
        Set<CollectionName> inSight = capability.visibility().collections();
        return wanted.stream()
                .map(each -> part(capability, inSight.contains(each.model().name()), each))
                .toList();
    }

    private BulkSnapshot collect(List<SnapshotQuery> queries, long bytesMax) {
        return DatabaseFailures.refusing("a request could not be read", () -> snapshots.collect(queries, bytesMax));
    }

    private static SnapshotQuery part(ReadCapability capability, boolean isInSight, Wanted wanted) {
        CollectionModel model = wanted.model();
        Set<String> rooms = new LinkedHashSet<>();
        Map<String, Predicate<Row>> filters = new HashMap<>();
        for (RoomId room : capability.rooms()) {
            if (isInSight && room.isShared() == model.isSingleTenant() && isWanted(wanted, room)) {
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
