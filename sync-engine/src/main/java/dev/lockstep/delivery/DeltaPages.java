package dev.lockstep.delivery;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.ReadBulkhead;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.Transactions;
import dev.lockstep.delivery.PagePrefetcher.PendingPage;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.RoomsPage;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Floors;
import dev.lockstep.log.LogBounds;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.PageLimits;
import dev.lockstep.room.Deltas;
import dev.lockstep.room.Visibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of deltas: the actions after a position, up to the log's end, for clients that request page after page. Thread-safe. */
final class DeltaPages {
    /** The approximate characters of actions in one page. A few answers of this size are in memory at a time. */
    static final long CHARACTERS_MAX = 4L * 1024 * 1024;

    /** Cached pages take at most one part in so many of the heap; twice that where texts are not Latin. */
    private static final int MEMORY_SHARE = 8;

    private static final CompletionStage<Deltas<?>> NOTHING_TO_PREFETCH =
            CompletableFuture.completedStage(new Deltas<>(List.of(), Seq.START, false));

    private final Transactions transactions;
    private final ActionLog log;
    private final Floors floors;
    private final ReadBulkhead bulkhead;
    private final ApplicationExecutor application;
    private final PagePrefetcher prefetcher = new PagePrefetcher();
    private final LogPageCache cache = new LogPageCache(Runtime.getRuntime().maxMemory() / MEMORY_SHARE);

    /** @param application runs read filters */
    DeltaPages(
            Transactions transactions,
            ActionLog log,
            Floors floors,
            ReadBulkhead bulkhead,
            ApplicationExecutor application) {
        this.transactions = transactions;
        this.log = log;
        this.floors = floors;
        this.bulkhead = bulkhead;
        this.application = application;
    }

    /** The result of a lookup. */
    private sealed interface Found<T> {
        Deltas<?> page();

        /** The page is cached and still current. */
        record Cached<T>(Deltas<T> page) implements Found<T> {}

        record Read<T>(Deltas<Commit> page, Seq head) implements Found<T> {}
    }

    /**
     * A page. If more follow, the next one is prefetched while this one is sent, except with read filters, whose results may
     * change.
     */
    <T> CompletionStage<Deltas<T>> page(PageRequest<T> wanted) {
        return prefetcher
                .take(wanted, System.nanoTime())
                .map(taken -> withPrefetch(wanted, taken)
                        .handle((page, failure) -> stillCurrent(wanted, page))
                        .thenCompose(Function.identity()))
                .orElseGet(() -> withPrefetch(wanted, begin(wanted)));
    }

    /** The commits of a page. */
    CompletionStage<Deltas<Commit>> commits(List<RoomId> rooms, Visibility visibility, Seq after, int actionsMax) {
        return bulkhead.submit(() -> transactions.snapshot((scope, opening) -> {
            Seq head = head(opening, rooms, after);
            return visible(read(scope.connection(), rooms, after, actionsMax, head), visibility, after);
        }));
    }

    private <T> PendingPage<T> begin(PageRequest<T> wanted) {
        if (wanted.visibility().isFiltered()) {
            return new PendingPage<>(NOTHING_TO_PREFETCH, filtered(wanted));
        }
        CompletableFuture<Deltas<?>> read = new CompletableFuture<>();
        CompletionStage<Deltas<T>> page = bulkhead.submit(() -> {
            Found<T> found = find(wanted);
            read.complete(found.page());
            return switch (found) { // the database snapshot has ended
                case Found.Cached<T> cached -> cached.page();
                case Found.Read<T> raw -> encode(wanted, raw.page(), raw.head());
            };
        });
        return new PendingPage<>(read, page);
    }

    /** Read filters are application code: they run when permit and snapshot have been released. */
    private <T> CompletionStage<Deltas<T>> filtered(PageRequest<T> wanted) {
        return bulkhead.submit(() -> transactions.snapshot((scope, opening) -> {
                    Seq head = head(opening, wanted.rooms(), wanted.after());
                    return read(scope.connection(), wanted.rooms(), wanted.after(), wanted.actionsMax(), head);
                }))
                .thenApplyAsync(
                        raw -> {
                            Deltas<Commit> page = visible(raw, wanted.visibility(), wanted.after());
                            return new Deltas<>(wanted.encoder().encode(page.parts()), page.last(), page.more());
                        },
                        application.of(wanted.rooms()));
    }

    /** Prefetches the next page as soon as its start is known. */
    private <T> CompletionStage<Deltas<T>> withPrefetch(PageRequest<T> wanted, PendingPage<T> page) {
        page.read().thenAccept(read -> {
            if (read.more() && bulkhead.hasFree() && prefetcher.hasSpace(System.nanoTime())) {
                PageRequest<T> next = wanted.after(read.last());
                prefetcher.put(next, begin(next), System.nanoTime());
            }
        });
        return page.encoded();
    }

    /** A prefetched page that was the last one may have grown since; it is read again. */
    private <T> CompletionStage<Deltas<T>> stillCurrent(PageRequest<T> wanted, @Nullable Deltas<T> page) {
        return page != null && page.more()
                ? CompletableFuture.completedStage(page)
                : withPrefetch(wanted, begin(wanted));
    }

    private <T> Found<T> find(PageRequest<T> wanted) {
        return transactions.snapshot((scope, opening) -> {
            Connection connection = scope.connection();
            Seq head = head(opening, wanted.rooms(), wanted.after());
            Optional<Deltas<T>> cached = cached(connection, wanted, head);
            if (cached.isPresent()) {
                return new Found.Cached<>(cached.get());
            }
            RawPage raw = read(connection, wanted.rooms(), wanted.after(), wanted.actionsMax(), head);
            return new Found.Read<>(visible(raw, wanted.visibility(), wanted.after()), head);
        });
    }

    /** The cached page, if the invisible rooms of this request have no actions before its end. */
    private <T> Optional<Deltas<T>> cached(Connection connection, PageRequest<T> wanted, Seq head) throws SQLException {
        Optional<Deltas<T>> page = cache.find(wanted.ofVisibleRooms(), head);
        return page.isPresent()
                        && log.has(
                                connection,
                                wanted.invisibleRooms(),
                                wanted.after(),
                                page.get().more() ? page.get().last() : head)
                ? Optional.empty()
                : page;
    }

    private <T> Deltas<T> encode(PageRequest<T> wanted, Deltas<Commit> read, Seq head) {
        Deltas<T> page = new Deltas<>(wanted.encoder().encode(read.parts()), read.last(), read.more());
        boolean changesRights = read.parts().stream().anyMatch(commit -> commit.has(LogEntry.Kind.RIGHTS));
        if (!changesRights) {
            cache.put(wanted.ofVisibleRooms(), page, head, characters(read.parts()));
        }
        return page;
    }

    private static long characters(List<Commit> commits) {
        return commits.stream()
                .flatMap(commit -> commit.actions().stream())
                .mapToLong(action -> action.entry().characters())
                .sum();
    }

    private Seq head(StatementPipeline opening, List<RoomId> rooms, Seq after) throws SQLException {
        LogBounds logBounds = LogBounds.of(opening, floors, rooms);
        if (!logBounds.coversAfter(after)) {
            throw new SyncException(
                    ErrorCode.BOOTSTRAP_NEEDED,
                    "The changes after this position are no longer in the log; read everything again");
        }
        return logBounds.head();
    }

    /**
     * The actions of the rooms, independent of rights.
     *
     * @param reached the last position that was read
     */
    private record RawPage(List<Commit> commits, Seq reached, boolean more) {}

    private RawPage read(Connection connection, List<RoomId> rooms, Seq after, int actionsMax, Seq head)
            throws SQLException {
        if (!head.isAfter(after)) {
            return new RawPage(List.of(), after, false);
        }
        RoomsPage page = log.readAfter(connection, rooms, after, head, new PageLimits(actionsMax, CHARACTERS_MAX));
        boolean more = head.isAfter(page.reached()) && log.has(connection, rooms, page.reached(), head);
        return new RawPage(page.commits(), page.reached(), more);
    }

    private static Deltas<Commit> visible(RawPage page, Visibility visibility, Seq after) {
        List<Commit> commits = visibility.ofAll(page.commits());
        Seq last = commits.isEmpty() ? after : commits.getLast().last();
        return new Deltas<>(commits, page.more() && commits.isEmpty() ? page.reached() : last, page.more());
    }
}
