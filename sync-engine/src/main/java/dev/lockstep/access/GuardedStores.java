package dev.lockstep.access;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.delivery.BacklogReader;
import dev.lockstep.delivery.CompletesOnPublisher;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.event.EventStores;
import dev.lockstep.event.StoreState;
import dev.lockstep.room.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Event stores behind the access chain. A request creates the store that it names. Where neither the policy nor a rule of
 * the application says who may use a store, it belongs to the user who created it; a store that an anonymous caller created
 * is open to all.
 */
@Guarded
@ApplicationScoped
public class GuardedStores {
    @Inject
    @CompletesOnPublisher
    private Mutations mutations;

    @Inject
    private EventStores stores;

    @Inject
    private StoreOwners owners;

    @Inject
    private PublisherThread publisher;

    @Inject
    private BacklogReader backlog;

    /**
     * Appends events. Blocks on the database only if the store is not known to exist.
     *
     * @param append a mutation with one {@link dev.lockstep.api.Change.Append}
     * @return completes on the publisher thread, when the events are durable and before they are delivered; fails with a
     *     {@code SyncException} if access is refused
     */
    public CompletionStage<MutationResult> append(Mutation append) {
        return owners.refuses(append)
                .<CompletionStage<MutationResult>>map(GuardedStores::refused)
                .orElseGet(() -> mutations.submit(append).thenApply(result -> {
                    if (result instanceof MutationResult.Refused refused
                            && refused.refusal().code().retryable()) {
                        owners.forget(append.room());
                    }
                    return result;
                }));
    }

    /**
     * The right to read a store. Blocks on the database.
     *
     * @return fails with a {@code SyncException} if access is refused
     */
    public CompletionStage<StoreReader> read(RoomAccessRequest request) {
        Optional<Refusal> refusal = owners.refuses(request);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        try {
            StoreState store = stores.open(request.room(), request.caller().subject());
            ReadCapability capability = new ReadCapability(
                    Map.of(request.room(), Visibility.of(Set.of(StoreEvent.COLLECTION))), publisher, backlog);
            return CompletableFuture.completedStage(
                    new StoreReader(stores, request.room(), store.backendId(), capability));
        } catch (SyncException unavailable) {
            return CompletableFuture.failedStage(unavailable);
        }
    }

    private static <T> CompletionStage<T> refused(Refusal refusal) {
        return CompletableFuture.failedStage(new SyncException(refusal));
    }
}
