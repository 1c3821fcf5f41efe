package dev.lockstep.snapshot;

import dev.lockstep.api.Caller;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.ListPosition;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ChangedRows;
import dev.lockstep.log.FrameNumbers;
import dev.lockstep.log.LogEnd;
import dev.lockstep.log.StampedPositions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads snapshots of collections. A database snapshot lives while it is read, not while it is sent: an old one slows down
 * every writer (measured on PostgreSQL: one of 40 s took head updates from 14,000 to
 * 1,082 a second). Thread-safe.
 */
public final class Snapshots {
    /** Most bytes that wait to be sent, over all snapshots. One more snapshot is refused as {@code OVERLOADED}. */
    private static final long SPOOLED_BYTES_MAX = 512L * 1024 * 1024;

    /** How long a request waits for the read of an equal request. After it, it reads by itself. */
    private static final Duration READ_BY_ANOTHER_MAX = Duration.ofSeconds(5);

    private final ListCache lists = new ListCache();

    private final Spools spools = new Spools(SPOOLED_BYTES_MAX);
    private final LongAdder reads = new LongAdder();

    private final Transactions transactions;
    private final ActionLog log;
    private final ReaderThrottle throttle;
    private final ChangedRows changes;

    Snapshots(Transactions transactions, ActionLog log, ReaderThrottle throttle) {
        this.transactions = transactions;
        this.log = log;
        this.throttle = throttle;
        this.changes = new ChangedRows();
    }

    /** The number of reads from the database. */
    long reads() {
        return reads.sum();
    }

    /** The bytes that wait to be sent, over all snapshots. */
    long spooledBytes() {
        return spools.bytes();
    }

    /**
     * The live rows of a collection in a room, in the collection's order. Blocks on the database.
     *
     * @param seen the version that the client has: if it is current, no row is read
     * @param separator the text between two rows
     * @throws dev.lockstep.database.TransactionFailed if the database does not answer
     * @throws SyncException as {@code OVERLOADED}, if too many bytes wait to be sent
     */
    public Snapshot list(
            CollectionModel model, RoomId room, ListQuery wanted, Optional<ListVersion> seen, String separator) {
        RoomId home = model.roomOf(room);
        At now = transactions.snapshot(at(model, home));
        if (seen.equals(Optional.of(now.version()))) {
            return new Snapshot(now.head(), now.version(), Optional.empty(), spools.open());
        }
        ListCache.Key list = new ListCache.Key(model, home, wanted, separator, now.version());
        return switch (lists.find(list, System.nanoTime())) {
            case ListCache.Found.Here here -> shared(here.kept());
            case ListCache.Found.Coming coming ->
                awaited(coming.reading()).map(this::shared).orElseGet(() -> read(list));
            case ListCache.Found.Missing missing -> readForAll(list);
        };
    }

    /** The rows that one caller may read, up to the requested number. Read for that caller and not cached. */
    public Snapshot filtered(
            CollectionModel model, RoomId room, ListQuery wanted, ReadableRows readable, String separator) {
        RoomId home = model.roomOf(room);
        return reading()
                .handedTo(spool -> transactions.snapshot((scope, opening) -> {
                    At at = at(model, home).in(scope, opening);
                    RowRepository stored = new RowRepository(scope.entities());
                    try (Stream<RowImage> rows =
                            new ReadableList(stored, model, home.name(), wanted, readable).stream()) {
                        Optional<ListPosition> next = spool(rows.iterator(), wanted, separator, spool);
                        return new Snapshot(at.head(), at.version(), next, spool, true);
                    }
                }));
    }

    /**
     * Rows of several collections in several rooms at one instant. Blocks on the database, and yields to the writer.
     *
     * @param bytesMax most bytes of all rows
     * @return the rows in the order of the queries; a query with too many rows ends the result
     * @throws dev.lockstep.database.TransactionFailed if the database does not answer
     * @throws SyncException as {@code OVERLOADED}, if too many bytes wait to be sent; as {@code TOO_LARGE}, if the result
     *     exceeds {@code bytesMax}
     */
    public BulkSnapshot collect(List<SnapshotQuery> queries, long bytesMax) {
        return reading()
                .handedTo(spool -> transactions.snapshot(scope -> {
                    Seq head = log.head(scope.connection());
                    RowRepository rows = new RowRepository(scope.entities());
                    ReaderThrottle.ThrottledRead throttledRead = throttle.read();
                    List<Integer> counts = new ArrayList<>();
                    for (SnapshotQuery query : queries) {
                        RowLineWriter writer = new RowLineWriter(query, spool, bytesMax, throttledRead);
                        int read = rows.read(query.model(), query.rooms(), query.key(), query.rowsMax(), writer::add);
                        counts.add(writer.finish());
                        if (read > query.rowsMax()) {
                            return new BulkSnapshot(head, counts, true, spool);
                        }
                    }
                    return new BulkSnapshot(head, counts, false, spool);
                }));
    }

    private record At(Seq head, ListVersion version) {}

    private Transactions.OpeningWork<At> at(CollectionModel model, RoomId home) {
        return (scope, opening) -> {
            StatementPipeline.PendingResult<LogEnd> queried = LogEnd.query(opening);
            long frameNumber = FrameNumbers.of(opening, home).getOrDefault(model.name(), 0L);
            LogEnd end = queried.value();
            return new At(end.head(), new ListVersion(end.epoch().began(), frameNumber));
        };
    }

    private Snapshot shared(ListCache.Kept kept) {
        return new Snapshot(kept.position(), kept.version(), kept.next(), spools.of(kept.rows()));
    }

    private static Optional<ListCache.Kept> awaited(CompletableFuture<Optional<ListCache.Kept>> reading) {
        try {
            return reading.get(READ_BY_ANOTHER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Snapshot readForAll(ListCache.Key list) {
        Optional<ListCache.Kept> kept = Optional.empty();
        try {
            Snapshot read = read(list);
            if (read.rows().size() > ListCache.LIST_BYTES_MAX) {
                return read;
            }
            kept = Optional.of(keep(read));
            return shared(kept.get());
        } finally {
            lists.complete(list, kept);
        }
    }

    private static ListCache.Kept keep(Snapshot read) {
        try (InputStream rows = read.rows().read()) {
            return new ListCache.Kept(
                    read.position(), read.version(), read.next(), rows.readAllBytes(), System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Snapshot read(ListCache.Key list) {
        return reading()
                .handedTo(spool -> transactions.snapshot((scope, opening) -> {
                    At at = at(list.model(), list.home()).in(scope, opening);
                    try (Stream<RowImage> rows = new RowRepository(scope.entities())
                            .stream(list.model(), list.home().name(), list.wanted())) {
                        Optional<ListPosition> next = spool(rows.iterator(), list.wanted(), list.separator(), spool);
                        return new Snapshot(at.head(), at.version(), next, spool);
                    }
                }));
    }

    /**
     * The changes of a list since a position. Blocks on the database.
     *
     * @param user the caller: if its rights have changed since, the log does not hold the changes of its list
     * @param scoped the list of this scope, as in {@link ListQuery}
     * @param filter the visible rows; empty if all are. A row is reported as gone only if the log has a visible image of it
     *     since then
     * @throws SyncException as {@code BOOTSTRAP_NEEDED}, if the log does not hold the changes; else as {@link #list}
     */
    public ListChanges since(
            Seq position,
            CollectionModel model,
            RoomId room,
            Optional<Caller> user,
            Optional<String> scoped,
            Optional<Predicate<Row>> filter,
            String separator) {
        RoomId home = model.roomOf(room);
        return reading().handedTo(spool -> {
            ListTail listTail = transactions.snapshot(scope -> {
                Optional<List<EntityId>> changed =
                        changes.since(scope.connection(), home, model.name(), user, position);
                LogEnd end = LogEnd.of(scope.connection());
                if (changed.isEmpty()) {
                    return new ListTail(Optional.empty(), end);
                }
                List<EntityId> ids = changed.get();
                Map<EntityId, RowImage> there = new RowRepository(scope.entities()).images(model, new TreeSet<>(ids));
                there.values().removeIf(row -> !isVisible(row, home, scoped) || isHidden(row, filter));
                List<EntityId> gone =
                        ids.stream().filter(id -> !there.containsKey(id)).toList();
                Optional<List<EntityId>> named = filter.isEmpty()
                        ? Optional.of(gone)
                        : changes.seen(scope.connection(), home, model.name(), position, gone, filter.get());
                spool(ids.stream().filter(there::containsKey).map(there::get).iterator(), separator, spool);
                return new ListTail(named.map(rows -> new ListChanges(end.head(), spool, rows)), end);
            });
            return listTail.known()
                    .orElseThrow(() -> new SyncException(UnknownPosition.refusal(position, listTail.end())));
        });
    }

    /**
     * The position before the changes of a list in one millisecond, as the stamps of the log tell. Blocks on the database.
     *
     * @param stampMillis the millisecond, since 1970
     * @return empty if the log has no change of the list in it
     */
    public Optional<Seq> positionBefore(CollectionModel model, RoomId room, long stampMillis) {
        return transactions.snapshot(scope -> StampedPositions.before(
                scope.connection(),
                model.roomOf(room),
                model.name(),
                stampMillis,
                LogEnd.of(scope.connection()).head()));
    }

    /** Rows by their ids, and the position at which they are read. Blocks on the database. */
    public RoomImages images(CollectionModel model, RoomId room, List<EntityId> ids) {
        return transactions.snapshot(scope -> new RoomImages(
                LogEnd.of(scope.connection()).head(),
                StampedPositions.last(scope.connection(), model.roomOf(room)),
                new RowRepository(scope.entities()).images(model, new TreeSet<>(ids))));
    }

    /** The changes of a list in the log; empty if the log does not hold all of them. */
    private record ListTail(Optional<ListChanges> known, LogEnd end) {}

    private static boolean isHidden(RowImage row, Optional<Predicate<Row>> filter) {
        return filter.isPresent() && !filter.get().test(row.row());
    }

    private static boolean isVisible(RowImage row, RoomId home, Optional<String> scoped) {
        boolean inScope =
                scoped.isEmpty() || !row.model().hasScopes() || row.scope().equals(scoped);
        return !row.isDeleted() && row.isIn(home.name()) && inScope;
    }

    private Spool reading() {
        reads.increment();
        return spools.open();
    }

    private static void spool(Iterator<RowImage> rows, String separator, Spool spool) {
        spool(rows, ListQuery.ALL, separator, spool);
    }

    /** Spools rows; returns the place of the last one if there are more than requested. */
    private static Optional<ListPosition> spool(
            Iterator<RowImage> rows, ListQuery wanted, String separator, Spool spool) {
        String before = "";
        for (int count = 1; rows.hasNext(); count++) {
            RowImage row = rows.next();
            spool.append((before + row.row().json()).getBytes(StandardCharsets.UTF_8));
            before = separator;
            if (count == wanted.rowsMax() && rows.hasNext()) {
                return Optional.of(ListPosition.of(row, wanted));
            }
        }
        return Optional.empty();
    }
}
