package dev.lockstep.publish;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.ReadingTurns;
import dev.lockstep.database.Transactions;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.PageLimits;
import dev.lockstep.log.ActionLog.RoomsPage;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Entry;
import dev.lockstep.log.Extent;
import dev.lockstep.log.Floors;
import dev.lockstep.room.Deltas;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Missed;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Sight;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * What followers missed, read from the log page by page. Not on the publisher thread, which waits for no database, and
 * not on the thread that asks. Read filters are asked when the page has been read, where they keep neither a connection nor
 * a reader's turn. Thread-safe.
 */
@ApplicationScoped
public class Backlog {
    /** Pages that are read at a time; more wait for their turn. A restart brings everybody back at once. */
    static final int READERS_MAX = 4;

    /** How much one page holds, about: that is what a follower that catches up keeps in memory. */
    static final PageLimits PAGE_MAX = new PageLimits(500, 256L * 1024);

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
    private EngineExecutor executor;

    @Inject
    private ApplicationExecutor application;

    private ReadingTurns pages;
    private DeltaPages deltas;

    @PostConstruct
    void create() {
        pages = new ReadingTurns(READERS_MAX, Integer.MAX_VALUE, Backlog::refused, executor);
        ReadingTurns turns = new ReadingTurns(READERS_MAX, DELTAS_WAITING_MAX, Backlog::refused, executor);
        deltas = new DeltaPages(transactions, log, floors, turns, application);
    }

    private static SyncException refused(RejectedExecutionException cause) {
        return new SyncException(
                ErrorCode.OVERLOADED, "Too many are reading the log at the moment; ask again later", cause);
    }

    /**
     * Reads the next page.
     *
     * @param sight what is seen of the rooms
     * @param user whose rights may have changed while the follower was away: then the log cannot tell; nobody's, if empty
     * @param after everything up to it was seen
     * @param upTo the last position of interest: what was handed to the rooms
     */
    public <T> CompletionStage<Missed<T>> read(
            List<RoomId> rooms, Sight sight, Optional<Caller> user, Seq after, Seq upTo, Encoder<T> encoder) {
        return sight.isFiltered()
                ? pages.submit(() -> readNow(rooms, user, after, upTo))
                        .thenApplyAsync(page -> seen(page, sight, encoder), application.of(rooms))
                : pages.submit(() -> seen(readNow(rooms, user, after, upTo), sight, encoder));
    }

    /**
     * Reads the next page, up to the log's end, for somebody who asks for one page after the other.
     *
     * @param actionsMax how many actions it tells of at most; more, to finish a mutation
     * @param encoder the same object for each page
     * @return fails with a {@code SyncException} as {@code BOOTSTRAP_NEEDED}, if something of it was pruned, and as
     *     {@code OVERLOADED}, if too many wait
     */
    public <T> CompletionStage<Deltas<T>> deltas(
            List<RoomId> rooms, Sight sight, Seq after, int actionsMax, PageEncoder<T> encoder) {
        return deltas.page(new WantedPage<>(rooms, sight, after, actionsMax, encoder));
    }

    /** Whether rights change by a room's commits after a position, and up to another; or whether there are too many. */
    public CompletionStage<Boolean> changesRights(RoomId room, Seq after, Seq upTo) {
        return deltas.commits(List.of(room), Sight.of(Set.of()), after, ROOM_ACTIONS_MAX)
                .thenApply(page -> page.more()
                        || page.parts().stream()
                                .anyMatch(commit -> !commit.first().isAfter(upTo) && commit.has(Entry.Kind.RIGHTS)));
    }

    private static <T> Missed<T> seen(Missed<Commit> missed, Sight sight, Encoder<T> encoder) {
        return switch (missed) {
            case Missed.Lost<Commit> lost -> new Missed.Lost<>();
            case Missed.Page<Commit> page ->
                new Missed.Page<>(
                        sight.ofAll(page.commits()).stream()
                                .map(encoder::encode)
                                .toList(),
                        page.reached());
        };
    }

    private Missed<Commit> readNow(List<RoomId> rooms, Optional<Caller> user, Seq after, Seq upTo) {
        // Of one instant: else what is pruned between the look at the floors and the page would be missing in it.
        return transactions.snapshot((scope, opening) -> {
            if (!Extent.isComplete(opening, floors, rooms, user, after)) {
                return new Missed.Lost<Commit>();
            }
            if (!upTo.isAfter(after)) {
                return new Missed.Page<Commit>(List.of(), after);
            }
            RoomsPage page = log.readAfter(scope.connection(), rooms, after, upTo, PAGE_MAX);
            return new Missed.Page<>(page.commits(), page.reached());
        });
    }
}
