package dev.lockstep.access;

import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.RowCondition;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.snapshot.ListChanges;
import dev.lockstep.snapshot.ReadableRows;
import dev.lockstep.snapshot.RoomImages;
import dev.lockstep.snapshot.Snapshot;
import dev.lockstep.snapshot.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads of collections behind the access chain. */
@Guarded
@ApplicationScoped
public class GuardedCollections {
    @Inject
    private Snapshots snapshots;

    @Inject
    private ReadFilters filters;

    /**
     * Rows of a room at one instant.
     *
     * @param head the last position of the log at that instant
     * @param last the position of the last change in the room that the log holds; the start if it holds none
     */
    public record RoomRows(Seq head, Seq last, Map<EntityId, Row> rows) {
        public RoomRows {
            rows = Map.copyOf(rows);
        }
    }

    /**
     * The live rows of the collection in the room, in its order. Blocks on the database: never call it on an I/O thread.
     * The receiver closes the snapshot.
     */
    public CompletionStage<Snapshot> list(ListRequest request) {
        return read(() -> filters.of(request, request.model().name())
                .map(shown -> snapshots.filtered(
                        request.model(),
                        request.room(),
                        request.wanted(),
                        readable(request, shown),
                        request.separator()))
                .orElseGet(() -> snapshots.list(
                        request.model(), request.room(), request.wanted(), request.seen(), request.separator())));
    }

    private ReadableRows readable(ListRequest request, Predicate<Row> shown) {
        Optional<RowCondition> condition =
                filters.condition(request, request.model().name());
        return new ReadableRows(shown, condition, condition.isPresent() && filters.areCompared());
    }

    /** The changes of the collection since the caller's position, if they are known; otherwise as {@link #list}. */
    public CompletionStage<ListChanges> catchUp(CatchupRequest request) {
        return read(() -> snapshots.since(
                request.since(),
                request.model(),
                request.room(),
                Optional.of(request.caller()),
                request.scope(),
                visible(request),
                request.separator()));
    }

    /** The rows that pass both the application's read filter and the client's filter; all, if empty. */
    private Optional<Predicate<Row>> visible(CatchupRequest request) {
        Optional<Predicate<Row>> readable = filters.of(request, request.model().name());
        return request.filter().isEmpty()
                ? readable
                : Optional.of(
                        readable.map(filter -> filter.and(request.filter())).orElse(request.filter()));
    }

    /**
     * The position before the changes of a collection with a stamp: a caller who knows the rows with earlier stamps catches
     * up from it. Empty if the log has no change with this stamp. Blocks on the database.
     */
    public CompletionStage<Optional<Seq>> positionBefore(StampRequest request) {
        return read(() -> snapshots.positionBefore(request.model(), request.room(), request.stampMillis()));
    }

    /**
     * The requested rows that are in the room and visible to the caller. Blocks on the database.
     */
    public CompletionStage<RoomRows> rows(RowsRequest request) {
        return read(() -> {
            CollectionModel model = request.model();
            RoomId home = model.roomOf(request.room());
            Predicate<Row> filter = filters.of(request, model.name()).orElse(row -> true);
            RoomImages read = snapshots.images(model, request.room(), request.ids());
            Map<EntityId, Row> rows = new HashMap<>();
            read.images().forEach((id, image) -> {
                Row row = image.row();
                boolean isOwn = !request.areOwn()
                        || model.ownerField().isEmpty()
                        || image.owner().equals(request.caller().subject());
                if (!image.isDeleted() && image.isIn(home.name()) && isOwn && filter.test(row)) {
                    rows.put(id, row);
                }
            });
            return new RoomRows(read.head(), read.last(), rows);
        });
    }

    private static <T> CompletionStage<T> read(Supplier<T> reading) {
        try {
            return CompletableFuture.completedStage(DatabaseFailures.refusing("Request not read", reading));
        } catch (SyncException | TransactionFailed refused) {
            return CompletableFuture.failedStage(refused);
        }
    }
}
