package dev.lockstep.access;

import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.snapshot.Catchup;
import dev.lockstep.snapshot.Snapshot;
import dev.lockstep.snapshot.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reads for those who may. */
@Guarded
@ApplicationScoped
public class GuardedCollections {
    @Inject
    private Snapshots snapshots;

    @Inject
    private ReadFilters filters;

    /**
     * The live rows of the collection in the room, in its order. Blocks on the database: not for I/O threads. Whoever gets
     * the snapshot closes it.
     */
    public CompletionStage<Snapshot> list(ListRequest request) {
        return read(() -> filters.of(request, request.model().name())
                .map(shown -> snapshots.filtered(
                        request.model(), request.room(), request.wanted(), shown, request.separator()))
                .orElseGet(() -> snapshots.list(
                        request.model(), request.room(), request.wanted(), request.seen(), request.separator())));
    }

    /** What became of the collection since the caller saw it; else as {@link #list}. */
    public CompletionStage<Catchup> catchUp(CatchupRequest request) {
        return read(() -> snapshots.since(
                request.since(),
                request.model(),
                request.room(),
                request.scope(),
                filters.of(request, request.model().name()),
                request.separator()));
    }

    private static <T> CompletionStage<T> read(Supplier<T> reading) {
        try {
            return CompletableFuture.completedStage(DatabaseFailures.refusing("a request could not be read", reading));
        } catch (SyncException | TransactionFailed refused) {
            return CompletableFuture.failedStage(refused);
        }
    }
}
