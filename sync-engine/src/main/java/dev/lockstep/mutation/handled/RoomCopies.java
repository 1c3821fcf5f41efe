package dev.lockstep.mutation.handled;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.Transactions;
import dev.lockstep.handler.CopiedRows;
import dev.lockstep.mutation.handled.ChangeHandling.Handled;
import dev.lockstep.trace.RecurringFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The copies of rooms, made between the changes of the same room. A copy is the last known state of each row: it is served
 * while the store does not respond. Thread-safe.
 */
public final class RoomCopies implements CopiedRows {
    /** Longest wait of a read for the first copy. */
    static final Duration WAIT_MAX = Duration.ofSeconds(12);

    /** Pause after a failed copy, in which reads do not wait for another one. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Most rows of a room. A handler that fetches more fails. */
    static final int ROWS_MAX = 100_000;

    private static final Logger LOG = System.getLogger(RoomCopies.class.getName());

    private final RecurringFault faults =
            new RecurringFault(LOG, Level.WARNING, "The rows of a handler were not copied; reads show the last copy");
    private final Function<CollectionModel, Optional<Handled>> handlers;
    private final Transactions transactions;
    private final EffectWriter effects;
    private final CopyReconciler reconciler;
    private final KeyedSerialExecutor serial;
    private final HandlerCalls calls;
    private final InstantSource clock;
    private final Map<Key, Copy> copies = new ConcurrentHashMap<>();

    private record Key(CollectionName collection, RoomId room) {}

    /** A copy that is made, or was made or failed. */
    private record Copy(CompletableFuture<Void> done, long sinceNanos) {
        boolean isDue() {
            return done.isCompletedExceptionally() && System.nanoTime() - sinceNanos > RETRY_AFTER.toNanos();
        }
    }

    RoomCopies(
            Function<CollectionModel, Optional<Handled>> handlers,
            Transactions transactions,
            EffectWriter effects,
            KeyedSerialExecutor serial,
            HandlerCalls calls,
            InstantSource clock) {
        this.handlers = handlers;
        this.transactions = transactions;
        this.effects = effects;
        this.reconciler = new CopyReconciler(effects, calls);
        this.serial = serial;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public void require(CollectionModel model, RoomId room) {
        Optional<Handled> handled = handlers.apply(model);
        if (handled.isEmpty()) {
            return;
        }
        Copy copy = copies.compute(
                new Key(model.name(), room),
                (key, before) -> before == null || before.isDue()
                        ? new Copy(copyAll(handled.get(), room), System.nanoTime())
                        : before);
        try {
            await(copy.done());
            faults.succeeded();
        } catch (SyncException e) {
            faults.failed(e.getCause() == null ? e : e.getCause());
            if (!transactions.run(scope -> isCopied(scope.connection(), model, room))) {
                throw e;
            }
        }
    }

    @Override
    public void copy(CollectionModel model, RoomId room, EntityId id) {
        Handled handled = handlers.apply(model).orElseThrow();
        await(inLane(
                room,
                () -> reconciler.log(
                        model,
                        room,
                        () -> effects.copied(model, id)
                                .filter(image -> image.room().equals(room))
                                .map(image -> Map.of(id, image))
                                .orElse(Map.of()),
                        () -> handled.handler()
                                .fetch(room, id)
                                .map(row -> Map.of(id, row))
                                .orElse(Map.of()))));
    }

    private static void await(CompletableFuture<Void> copied) {
        try {
            copied.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException(ErrorCode.UNAVAILABLE, "The server is stopping; send the request again");
        } catch (ExecutionException | TimeoutException e) {
            throw new SyncException(
                    ErrorCode.UNAVAILABLE, "The store of the collection does not respond; send the request again", e);
        }
    }

    private CompletableFuture<Void> copyAll(Handled handled, RoomId room) {
        return inLane(
                room,
                () -> reconciler
                        .log(handled.model(), room, () -> copied(handled.model(), room), () -> byId(handled, room))
                        .thenRunAsync(
                                () -> transactions.run(scope -> {
                                    markCopied(scope.connection(), handled.model(), room);
                                    return room;
                                }),
                                calls.steps(room)));
    }

    private Map<EntityId, RowImage> copied(CollectionModel model, RoomId room) {
        return transactions.run(scope -> {
            Map<EntityId, RowImage> copied = new HashMap<>();
            try (Stream<RowImage> images =
                    new RowRepository(scope.entities()).stream(model, room.name(), ListQuery.ALL)) {
                images.forEach(image -> copied.put(image.id(), image));
            }
            return copied;
        });
    }

    private CompletableFuture<Void> inLane(RoomId room, Supplier<CompletionStage<?>> step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean isAdded = serial.add(
                room,
                calls.steps(room),
                () -> step.get().thenAccept(result -> done.complete(null)),
                done::completeExceptionally);
        if (!isAdded) {
            done.completeExceptionally(new SyncException(
                    ErrorCode.OVERLOADED, "Too many changes of the room are waiting; send the request again later"));
        }
        return done;
    }

    private static Map<EntityId, Map<String, @Nullable Object>> byId(Handled handled, RoomId room) {
        String id = handled.model().idField().name();
        Map<EntityId, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : handled.handler().fetch(room)) {
            if (!(row.get(id) instanceof String text) || rows.size() >= ROWS_MAX) {
                throw new IllegalStateException("the handler of '"
                        + handled.model().name() + "' fetches rows without a text as id, or more than " + ROWS_MAX);
            }
            rows.put(new EntityId(text), row);
        }
        return rows;
    }

    private static boolean isCopied(Connection connection, CollectionModel model, RoomId room) throws SQLException {
        String sql = "select copied_at from lockstep_copied_room where application = ? and collection = ? and room = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            setRoom(select, model, room);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private void markCopied(Connection connection, CollectionModel model, RoomId room) throws SQLException {
        if (isCopied(connection, model, room)) {
            return;
        }
        String sql = "insert into lockstep_copied_room (application, collection, room, copied_at) values (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            setRoom(insert, model, room);
            insert.setLong(4, nowMicros());
            insert.executeUpdate();
        }
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    private static void setRoom(PreparedStatement statement, CollectionModel model, RoomId room) throws SQLException {
        statement.setString(1, model.application());
        statement.setString(2, model.name().value());
        statement.setString(3, room.name());
    }
}
