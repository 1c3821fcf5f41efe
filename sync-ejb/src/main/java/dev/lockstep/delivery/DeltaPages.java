package dev.lockstep.delivery;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.ReadBulkhead;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.Transactions;
import dev.lockstep.delivery.PagePrefetcher.Coming;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.PageLimits;
import dev.lockstep.log.ActionLog.RoomsPage;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Floors;
import dev.lockstep.log.LogBounds;
import dev.lockstep.log.LogEntry;
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

/** Pages of what came after a position, up to the log's end, for who asks for one after the other. Thread-safe. */
final class DeltaPages {
    /** Characters of actions in one page, about: some answers of this size are in memory at a time. */
    static final long CHARACTERS_MAX = 4L * 1024 * 1024;

    /** What is kept of pages takes at most one part in so many of the heap; twice that where texts are not Latin. */
    private static final int MEMORY_SHARE = 8;

    private static final CompletionStage<Deltas<?>> NOTHING_AHEAD =
            CompletableFuture.completedStage(new Deltas<>(List.of(), Seq.START, false));

    private final Transactions transactions;
    private final ActionLog log;
    private final Floors floors;
    private final ReadBulkhead turns;
    private final ApplicationExecutor application;
    private final PagePrefetcher ahead = new PagePrefetcher();
    private final LogPageCache told = new LogPageCache(Runtime.getRuntime().maxMemory() / MEMORY_SHARE);

    /** @param application where read filters are asked */
    DeltaPages(
            Transactions transactions,
            ActionLog log,
            Floors floors,
            ReadBulkhead turns,
            ApplicationExecutor application) {
        this.transactions = transactions;
        this.log = log;
        this.floors = floors;
        this.turns = turns;
        this.application = application;
    }

    /** What a look at the database came to. */
    private sealed interface Found<T> {
        Deltas<?> page();

        /** Somebody was told the same, and nothing has come between. */
        record Told<T>(Deltas<T> page) implements Found<T> {}

        record Read<T>(Deltas<Commit> page, Seq head) implements Found<T> {}
    }

    /**
     * A page. The next one is read while this one is on its way, where more follow, and nothing is asked of filters, whose
     * answers may change.
     */
    <T> CompletionStage<Deltas<T>> page(PageRequest<T> wanted) {
        return ahead.take(wanted, System.nanoTime())
                .map(taken -> asked(wanted, taken)
                        .handle((page, failure) -> stillNext(wanted, page))
                        .thenCompose(Function.identity()))
                .orElseGet(() -> asked(wanted, begin(wanted)));
    }

    /** The commits of a page. */
    CompletionStage<Deltas<Commit>> commits(List<RoomId> rooms, Visibility visibility, Seq after, int actionsMax) {
        return turns.submit(() -> transactions.snapshot((scope, opening) -> {
            Seq head = head(opening, rooms, after);
            return seen(read(scope.connection(), rooms, after, actionsMax, head), visibility, after);
        }));
    }

    private <T> Coming<T> begin(PageRequest<T> wanted) {
        if (wanted.visibility().isFiltered()) {
            return new Coming<>(NOTHING_AHEAD, filtered(wanted));
        }
        CompletableFuture<Deltas<?>> read = new CompletableFuture<>();
        CompletionStage<Deltas<T>> page = turns.submit(() -> {
            Found<T> found = find(wanted);
            read.complete(found.page());
            return switch (found) { // the database has let go of its snapshot
                case Found.Told<T> again -> again.page();
                case Found.Read<T> news -> encode(wanted, news.page(), news.head());
            };
        });
        return new Coming<>(read, page);
    }

    /** Filters are application code: they are asked when the reader's turn and the snapshot have ended. */
    private <T> CompletionStage<Deltas<T>> filtered(PageRequest<T> wanted) {
        return turns.submit(() -> transactions.snapshot((scope, opening) -> {
                    Seq head = head(opening, wanted.rooms(), wanted.after());
                    return read(scope.connection(), wanted.rooms(), wanted.after(), wanted.actionsMax(), head);
                }))
                .thenApplyAsync(
                        raw -> {
                            Deltas<Commit> page = seen(raw, wanted.visibility(), wanted.after());
                            return new Deltas<>(wanted.encoder().encode(page.parts()), page.last(), page.more());
                        },
                        application.of(wanted.rooms()));
    }

    /** Somebody waits for it: the next one is begun as soon as it is known where that begins. */
    private <T> CompletionStage<Deltas<T>> asked(PageRequest<T> wanted, Coming<T> page) {
        page.read().thenAccept(read -> {
            if (read.more() && turns.hasFree() && ahead.hasPlace(System.nanoTime())) {
                PageRequest<T> next = wanted.after(read.last());
                ahead.keep(next, begin(next), System.nanoTime());
            }
        });
        return page.told();
    }

    /** A page that was the last one when it was read may have grown since. */
    private <T> CompletionStage<Deltas<T>> stillNext(PageRequest<T> wanted, @Nullable Deltas<T> page) {
        return page != null && page.more() ? CompletableFuture.completedStage(page) : asked(wanted, begin(wanted));
    }

    private <T> Found<T> find(PageRequest<T> wanted) {
        return transactions.snapshot((scope, opening) -> {
            Connection connection = scope.connection();
            Seq head = head(opening, wanted.rooms(), wanted.after());
            Optional<Deltas<T>> kept = kept(connection, wanted, head);
            if (kept.isPresent()) {
                return new Found.Told<>(kept.get());
            }
            RawPage raw = read(connection, wanted.rooms(), wanted.after(), wanted.actionsMax(), head);
            return new Found.Read<>(seen(raw, wanted.visibility(), wanted.after()), head);
        });
    }

    /** What others were told, if the rooms that only this one hears of have nothing to say before its end. */
    private <T> Optional<Deltas<T>> kept(Connection connection, PageRequest<T> wanted, Seq head) throws SQLException {
        Optional<Deltas<T>> page = told.find(wanted.ofRows(), head);
        return page.isPresent()
                        && log.has(
                                connection,
                                wanted.silent(),
                                wanted.after(),
                                page.get().more() ? page.get().last() : head)
                ? Optional.empty()
                : page;
    }

    private <T> Deltas<T> encode(PageRequest<T> wanted, Deltas<Commit> read, Seq head) {
        Deltas<T> page = new Deltas<>(wanted.encoder().encode(read.parts()), read.last(), read.more());
        boolean ofRights = read.parts().stream().anyMatch(commit -> commit.has(LogEntry.Kind.RIGHTS));
        if (!ofRights) {
            told.keep(wanted.ofRows(), page, head, characters(read.parts()));
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
                    ErrorCode.BOOTSTRAP_NEEDED, "What came after it is not known any more; read everything anew");
        }
        return logBounds.head();
    }

    /**
     * The actions of the rooms, by any rights.
     *
     * @param reached the last position that was looked at
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

    private static Deltas<Commit> seen(RawPage page, Visibility visibility, Seq after) {
        List<Commit> commits = visibility.ofAll(page.commits());
        Seq last = commits.isEmpty() ? after : commits.getLast().last();
        return new Deltas<>(commits, page.more() && commits.isEmpty() ? page.reached() : last, page.more());
    }
}
