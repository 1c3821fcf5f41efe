package dev.lockstep.publish;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.LentResources;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.PageLimits;
import dev.lockstep.log.ActionLog.RoomsPage;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Floors;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Missed;
import dev.lockstep.room.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int reading;

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    @Inject
    private Floors floors;

    @Inject
    private LentResources lent;

    /**
     * Reads the next page.
     *
     * @param sight what is seen of the rooms
     * @param after everything up to it was seen
     * @param upTo the last position of interest: what was handed to the rooms
     */
    public <T> CompletionStage<Missed<T>> read(
            List<RoomId> rooms, Sight sight, Seq after, Seq upTo, Encoder<T> encoder) {
        CompletableFuture<Missed<T>> page = new CompletableFuture<>();
        add(() -> {
            try {
                page.complete(readNow(rooms, sight, after, upTo, encoder));
            } catch (RuntimeException | Error e) { // the turn must end, and somebody waits for the page
                page.completeExceptionally(e);
            }
        });
        return page;
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
        return Commit.joined(
                parts.stream().flatMap(part -> sight.of(part).stream()).toList());
    }

    private synchronized void add(Runnable read) {
        waiting.add(read);
        next();
    }

    private synchronized void next() {
        Runnable read = reading < READERS_MAX ? waiting.poll() : null;
        if (read != null) {
            reading++;
            lent.executor().execute(() -> {
                read.run();
                ended();
            });
        }
    }

    private synchronized void ended() {
        reading--;
        next();
    }
}
