package dev.lockstep.access;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionReads;
import dev.lockstep.database.TransactionFailed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads for those who may. */
@Guarded
@ApplicationScoped
public class GuardedCollections {
    @Inject
    private CollectionReads reads;

    /** The live rows of the collection in the room, in its order. Blocks on the database: not for I/O threads. */
    public CompletionStage<List<Row>> list(ListRequest request) {
        try {
            return CompletableFuture.completedStage(reads.list(request.model(), request.room()));
        } catch (TransactionFailed e) {
            return CompletableFuture.failedStage(
                    new SyncException(ErrorCode.UNAVAILABLE, "The database did not answer in time; ask again", e));
        }
    }
}
