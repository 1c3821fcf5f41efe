package dev.lockstep.publish;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.LentResources;
import dev.lockstep.database.ReadingTurns;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.PageLimits;
import dev.lockstep.log.ActionLog.RoomsPage;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Entry;
import dev.lockstep.log.Floors;
import dev.lockstep.publish.PagesAhead.Coming;
import dev.lockstep.publish.PagesAhead.Wanted;
import dev.lockstep.room.Deltas;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Missed;
import dev.lockstep.room.Sight;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What followers missed, read from the log page by page. Not on the publisher thread, which waits for no database, and
 * not on the thread that asks. Thread-safe.
 */
@ApplicationScoped
public class Backlog {
    /** Pages that are read at a time; more wait for their turn. A restart brings everybody back at once. */
    static final int READERS_MAX = 4;

    /** How much one page holds, about: that is what a follower that catches up keeps in memory. */
    static final PageLimits PAGE_MAX = new PageLimits(500, 256L * 1024);

    /** Characters of rows in one page of deltas, about: some answers of this size are in memory at a time. */
    static final long DELTAS_CHARACTERS_MAX = 4L * 1024 * 1024;

    /** Most actions of a room among which a change of rights is looked for. Beyond it, it is taken for granted. */
    private static final int ROOM_ACTIONS_MAX = 1000;

    /** Pages of deltas that wait. One more is refused as {@code OVERLOADED}. Followers ask for one page at a time each. */
    private static final int DELTAS_WAITING_MAX = 1_000;

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    @Inject
    private Floors floors;

    @Inject
    private LentResources lent;

    private final PagesAhead ahead = new PagesAhead();

    private ReadingTurns pages;
    private ReadingTurns deltas;

    @PostConstruct
    void create() {
        Executor executor = task -> lent.executor().execute(task);
        pages = new ReadingTurns(READERS_MAX, Integer.MAX_VALUE, Backlog::refused, executor);
        deltas = new ReadingTurns(READERS_MAX, DELTAS_WAITING_MAX, Backlog::refused, executor);
    }

    private static SyncException refused(RejectedExecutionException cause) {
        return new SyncException(
                ErrorCode.OVERLOADED, "Too many are reading the log at the moment; ask again later", cause);
    }

    /**
     * Reads the next page.
     *
     * @param sight what is seen of the rooms
     * @param after everything up to it was seen
     * @param upTo the last position of interest: what was handed to the rooms
     */
    public <T> CompletionStage<Missed<T>> read(
            List<RoomId> rooms, Sight sight, Seq after, Seq upTo, Encoder<T> encoder) {
        return pages.add(() -> readNow(rooms, sight, after, upTo, encoder));
    }

    /**
     * Reads the next page, up to the log's end.
     *
     * @param actionsMax how many actions it tells of at most; more, to finish a mutation
     * @return fails with a {@code SyncException} as {@code BOOTSTRAP_NEEDED}, if something of it was pruned, and as
     *     {@code OVERLOADED}, if too many wait
     */
    public <T> CompletionStage<Deltas<T>> deltas(
            List<RoomId> rooms, Sight sight, Seq after, int actionsMax, Encoder<T> encoder) {
        return deltas.add(() -> told(deltasNow(rooms, sight, after, actionsMax), encoder));
    }

    /**
     * The same for somebody who asks for one page after the other: the next one is read while this one is on its way,
     * where more follow, and nothing is asked of filters, whose answers may change.
     *
     * @param encoder the same object for each page
     */
    public <T> CompletionStage<Deltas<T>> deltasReadAhead(
            List<RoomId> rooms, Sight sight, Seq after, int actionsMax, Encoder<T> encoder) {
        Wanted<T> wanted = new Wanted<>(rooms, sight, after, actionsMax, encoder);
        return ahead.take(wanted, System.nanoTime())
                .map(taken -> asked(wanted, taken)
                        .handle((page, failure) -> stillNext(wanted, page))
                        .thenCompose(Function.identity()))
                .orElseGet(() -> asked(wanted, begin(wanted)));
    }

    private <T> Coming<T> begin(Wanted<T> wanted) {
        CompletableFuture<Deltas<Commit>> read = new CompletableFuture<>();
        CompletionStage<Deltas<T>> told = deltas.add(() -> {
            Deltas<Commit> page = deltasNow(wanted.rooms(), wanted.sight(), wanted.after(), wanted.actionsMax());
            read.complete(page);
            return told(page, wanted.encoder());
        });
        return new Coming<>(read, told);
    }

    /** Somebody waits for it: the next one is begun as soon as it is known where that begins. */
    private <T> CompletionStage<Deltas<T>> asked(Wanted<T> wanted, Coming<T> page) {
        page.read().thenAccept(read -> {
            if (read.more() && !wanted.sight().isFiltered() && deltas.hasFree() && ahead.hasPlace(System.nanoTime())) {
                Wanted<T> next = wanted.after(read.last());
                ahead.keep(next, begin(next), System.nanoTime());
            }
        });
        return page.told();
    }

    /** A page that was the last one when it was read may have grown since. */
    private <T> CompletionStage<Deltas<T>> stillNext(Wanted<T> wanted, @Nullable Deltas<T> page) {
        return page != null && page.more() ? CompletableFuture.completedStage(page) : asked(wanted, begin(wanted));
    }

    /** Whether rights change by a room's commits after a position, and up to another; or whether there are too many. */
    public CompletionStage<Boolean> changesRights(RoomId room, Seq after, Seq upTo) {
        Encoder<Boolean> changes = commit -> !commit.first().isAfter(upTo) && commit.has(Entry.Kind.RIGHTS);
        return deltas(List.of(room), Sight.of(Set.of()), after, ROOM_ACTIONS_MAX, changes)
                .thenApply(page -> page.more() || page.commits().contains(true));
    }

    private Deltas<Commit> deltasNow(List<RoomId> rooms, Sight sight, Seq after, int actionsMax) {
        return transactions.snapshot(scope -> {
            Connection connection = scope.connection();
            if (floors.highest(connection, rooms).isAfter(after)) {
                throw new SyncException(
                        ErrorCode.BOOTSTRAP_NEEDED, "What came after it is not known any more; read everything anew");
            }
            Seq head = log.head(connection);
            if (!head.isAfter(after)) {
                return new Deltas<>(List.of(), after, false);
            }
            RoomsPage page =
                    log.readAfter(connection, rooms, after, head, new PageLimits(actionsMax, DELTAS_CHARACTERS_MAX));
            List<Commit> commits = seen(page.commits(), sight);
            boolean more = head.isAfter(page.reached()) && log.has(connection, rooms, page.reached(), head);
            Seq told = commits.isEmpty() ? after : commits.getLast().last();
            return new Deltas<>(commits, more && commits.isEmpty() ? page.reached() : told, more);
        });
    }

    // The database has let go of its snapshot by then.
    private static <T> Deltas<T> told(Deltas<Commit> page, Encoder<T> encoder) {
        List<T> told = new ArrayList<>(page.commits().size());
        for (Commit commit : page.commits()) {
            told.add(encoder.encode(commit));
        }
        return new Deltas<>(told, page.last(), page.more());
    }

    private <T> Missed<T> readNow(List<RoomId> rooms, Sight sight, Seq after, Seq upTo, Encoder<T> encoder) {
        // Of one instant: else what is pruned between the look at the floors and the page would be missing in it.
        return transactions.snapshot(scope -> {
            Seq floor = floors.highest(scope.connection(), rooms);
            boolean isAhead = after.isAfter(log.head(scope.connection()));
            if (isAhead || floor.isAfter(after)) {
                return new Missed.Lost<T>(isAhead);
            }
            if (!upTo.isAfter(after)) {
                return new Missed.Page<T>(List.of(), after);
            }
            RoomsPage page = log.readAfter(scope.connection(), rooms, after, upTo, PAGE_MAX);
            return new Missed.Page<T>(
                    seen(page.commits(), sight).stream().map(encoder::encode).toList(), page.reached());
        });
    }

    /** What is seen of commits of which each room has its part, as one of each. */
    private static List<Commit> seen(List<Commit> parts, Sight sight) {
        List<Commit> seen = new ArrayList<>(parts.size());
        for (Commit part : parts) {
            sight.of(part).ifPresent(seen::add);
        }
        return Commit.joined(seen);
    }
}
