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
import dev.lockstep.log.ActionLog.RoomsPage;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Floors;
import dev.lockstep.log.LogBounds;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.PageLimits;
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
 * Reads the backlogs of subscribers from the log, page by page. It runs neither on the publisher thread, which never waits
 * for the database, nor on the caller's thread. Read filters run after a page was read, when they occupy neither a
 * connection nor a permit. Thread-safe.
 */
@ApplicationScoped
public class BacklogReader {
    /** Pages read concurrently; further ones wait for a permit. After a restart all clients reconnect at once. */
    static final int READERS_MAX = 4;

    /** The approximate size of a page, which is what a catching-up subscriber keeps in memory. */
    static final PageLimits PAGE_MAX = new PageLimits(500, 256L * 1024);

    /** Most actions of a room that are searched for a change of rights. Beyond it, a change is assumed. */
    private static final int ROOM_ACTIONS_MAX = 1000;

    /** Most waiting pages of deltas. One more is refused as {@code OVERLOADED}. A client requests one page at a time. */
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
        ReadBulkhead deltaReads = new ReadBulkhead(READERS_MAX, DELTAS_WAITING_MAX, BacklogReader::refused, executor);
        deltas = new DeltaPages(transactions, log, floors, deltaReads, application);
    }

    private static SyncException refused(RejectedExecutionException cause) {
        return new SyncException(
                ErrorCode.OVERLOADED, "Too many requests are reading the log; send the request again later", cause);
    }

    /**
     * Reads the next page.
     *
     * @param visibility what the subscriber may see of the rooms
     * @param user the user whose rights may have changed while disconnected, which makes the log insufficient; empty if none
     * @param after the position up to which everything was received
     * @param upTo the last position to read: what was delivered to the rooms
     */
    public <T> CompletionStage<BacklogRead<T>> read(
            List<RoomId> rooms, Visibility visibility, Optional<Caller> user, Seq after, Seq upTo, Encoder<T> encoder) {
        return visibility.isFiltered()
                ? pages.submit(() -> readNow(rooms, user, after, upTo))
                        .thenApplyAsync(page -> visible(page, visibility, encoder), application.of(rooms))
                : pages.submit(() -> visible(readNow(rooms, user, after, upTo), visibility, encoder));
    }

    /**
     * Reads the next page, up to the log's end, for a client that requests page after page.
     *
     * @param actionsMax most actions of the page; it is exceeded to finish a mutation
     * @param encoder the same object for each page
     * @return fails with a {@code SyncException}: {@code BOOTSTRAP_NEEDED} if a part was pruned, {@code OVERLOADED} if too
     *     many requests wait
     */
    public <T> CompletionStage<Deltas<T>> deltas(
            List<RoomId> rooms, Visibility visibility, Seq after, int actionsMax, PageEncoder<T> encoder) {
        return deltas.page(new PageRequest<>(rooms, visibility, after, actionsMax, encoder));
    }

    /** Whether a room's commits between two positions change rights, or are too many to be searched. */
    public CompletionStage<Boolean> changesRights(RoomId room, Seq after, Seq upTo) {
        return deltas.commits(List.of(room), Visibility.of(Set.of()), after, ROOM_ACTIONS_MAX)
                .thenApply(page -> page.more()
                        || page.parts().stream()
                                .anyMatch(commit -> !commit.first().isAfter(upTo) && commit.has(LogEntry.Kind.RIGHTS)));
    }

    private static <T> BacklogRead<T> visible(BacklogRead<Commit> read, Visibility visibility, Encoder<T> encoder) {
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
        // In one snapshot: actions pruned between the reads of the floors and the page would be missing.
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
