package dev.lockstep.delivery;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.ReadBulkhead;
import dev.lockstep.database.Transactions;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.PageLimits;
import dev.lockstep.log.ActionLog.RoomsPage;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Floors;
import dev.lockstep.log.LogBounds;
import dev.lockstep.log.LogEntry;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Deltas;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Visibility;
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
public class BacklogReader {
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

    private ReadBulkhead pages;
    private DeltaPages deltas;

    @PostConstruct
    void create() {
        pages = new ReadBulkhead(READERS_MAX, Integer.MAX_VALUE, BacklogReader::refused, executor);
        ReadBulkhead turns = new ReadBulkhead(READERS_MAX, DELTAS_WAITING_MAX, BacklogReader::refused, executor);
        deltas = new DeltaPages(transactions, log, floors, turns, application);
    }

    private static SyncException refused(RejectedExecutionException cause) {
        return new SyncException(
                ErrorCode.OVERLOADED, "Too many are reading the log at the moment; ask again later", cause);
    }

    /**
     * Reads the next page.
     *
     * @param visibility what is seen of the rooms
     * @param user whose rights may have changed while the follower was away: then the log cannot tell; nobody's, if empty
     * @param after everything up to it was seen
     * @param upTo the last position of interest: what was handed to the rooms
     */
    public <T> CompletionStage<BacklogRead<T>> read(
            List<RoomId> rooms, Visibility visibility, Optional<Caller> user, Seq after, Seq upTo, Encoder<T> encoder) {
        return visibility.isFiltered()
                ? pages.submit(() -> readNow(rooms, user, after, upTo))
                        .thenApplyAsync(page -> seen(page, visibility, encoder), application.of(rooms))
                : pages.submit(() -> seen(readNow(rooms, user, after, upTo), visibility, encoder));
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
            List<RoomId> rooms, Visibility visibility, Seq after, int actionsMax, PageEncoder<T> encoder) {
        return deltas.page(new PageRequest<>(rooms, visibility, after, actionsMax, encoder));
    }

    /** Whether rights change by a room's commits after a position, and up to another; or whether there are too many. */
    public CompletionStage<Boolean> changesRights(RoomId room, Seq after, Seq upTo) {
        return deltas.commits(List.of(room), Visibility.of(Set.of()), after, ROOM_ACTIONS_MAX)
                .thenApply(page -> page.more()
                        || page.parts().stream()
                                .anyMatch(commit -> !commit.first().isAfter(upTo) && commit.has(LogEntry.Kind.RIGHTS)));
    }

    private static <T> BacklogRead<T> seen(BacklogRead<Commit> read, Visibility visibility, Encoder<T> encoder) {
        return switch (read) {
            case BacklogRead.Lost<Commit> lost -> new BacklogRead.Lost<>();
            case BacklogRead.Page<Commit> page ->
                new BacklogRead.Page<>(
                        visibility.ofAll(page.commits()).stream()
                                .map(encoder::encode)
                                .toList(),
                        page.reached());
        };
    }

    private BacklogRead<Commit> readNow(List<RoomId> rooms, Optional<Caller> user, Seq after, Seq upTo) {
        // Of one instant: else what is pruned between the look at the floors and the page would be missing in it.
        return transactions.snapshot((scope, opening) -> {
            if (!LogBounds.isComplete(opening, floors, rooms, user, after)) {
                return new BacklogRead.Lost<Commit>();
            }
            if (!upTo.isAfter(after)) {
                return new BacklogRead.Page<Commit>(List.of(), after);
            }
            RoomsPage page = log.readAfter(scope.connection(), rooms, after, upTo, PAGE_MAX);
            return new BacklogRead.Page<>(page.commits(), page.reached());
        });
    }
}
