package dev.lockstep.access.chain;

import dev.lockstep.access.ListRequest;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.access.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Replaces the guarded beans of reads and rooms; its results contain the admitted request. */
@Guarded
@ApplicationScoped
public class AdmittedReads {
    public CompletionStage<CollectionName> list(ListRequest request) {
        return CompletableFuture.completedStage(request.model().name());
    }

    public CompletionStage<Set<CollectionName>> view(RoomAccessRequest request) {
        return CompletableFuture.completedStage(request.collections());
    }
}
