package dev.lockstep.wire.livestore;

import dev.lockstep.access.GuardedStores;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.access.StoreReader;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.wire.livestore.hook.StoreHooks;
import dev.lockstep.wire.livestore.rpc.PullRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The beginning of pulls of both transports (contract, section 1.3). Thread-safe; may block, and runs application code. */
@ApplicationScoped
class StorePulls {
    @Inject
    private GuardedStores stores;

    @Inject
    private LiveStoreDialect dialect;

    @Inject
    private StoreHooks hooks;

    /** A pull that the hooks and the access chain have granted. */
    record Granted(StoreReader reader, Optional<String> unknownBackendId) {}

    /**
     * Begins a pull.
     *
     * @return fails with a {@code SyncException} if a hook or the access chain refuses it
     */
    CompletionStage<Granted> begin(StoreRequest client, PullRequest pull) {
        try {
            hooks.beforePull(client, pull.after());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
        return read(client, pull.isLive()).thenApply(reader -> {
            Optional<String> unknown =
                    pull.cursor().map(PullRequest.Cursor::backendId).filter(id -> !id.equals(reader.backendId()));
            if (unknown.isEmpty()) {
                hooks.afterPull(dialect.room(client.store()), client, pull.after());
            }
            return new Granted(reader, unknown);
        });
    }

    /** Asks the access chain for the right to read a store. */
    CompletionStage<StoreReader> read(StoreRequest client, boolean isLive) {
        RoomId room = dialect.room(client.store());
        return stores.read(new RoomAccessRequest(
                client.caller(),
                room,
                isLive ? Operation.SUBSCRIBE : Operation.READ,
                Set.of(StoreEvent.COLLECTION),
                new AccessContext()));
    }
}
