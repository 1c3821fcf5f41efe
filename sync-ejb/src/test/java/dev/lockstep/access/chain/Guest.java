package dev.lockstep.access.chain;

import dev.lockstep.access.ListRequest;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.access.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stands where the guarded beans of reads and rooms stand, and answers with what came through. */
@Guarded
@ApplicationScoped
public class Guest {
    public CompletionStage<CollectionName> list(ListRequest request) {
        return CompletableFuture.completedStage(request.model().name());
    }

    public CompletionStage<Set<CollectionName>> view(RoomAccessRequest request) {
        return CompletableFuture.completedStage(request.collections());
    }
}
