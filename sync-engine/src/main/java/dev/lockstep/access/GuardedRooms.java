package dev.lockstep.access;

import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.delivery.BacklogReader;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.room.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Reading rights to rooms behind the access chain. */
@Guarded
@ApplicationScoped
public class GuardedRooms {
    @Inject
    private PublisherThread publisher;

    @Inject
    private BacklogReader backlog;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private ReadFilters filters;

    /**
     * The caller's reading rights in a room, and in the application's shared room if requested collections are
     * single-tenant. Fails with a {@code SyncException} if there are none.
     */
    public CompletionStage<ReadCapability> rights(RoomAccessRequest request) {
        Visibility visibility = visibilityOf(request);
        Map<RoomId, Visibility> rooms = new LinkedHashMap<>(); // the requested room may be the shared one
        List<CollectionModel> models = collections.of(request.room().application()).stream()
                .filter(model -> request.collections().contains(model.name()))
                .toList();
        if (models.stream().anyMatch(CollectionModel::isSingleTenant)) {
            rooms.put(RoomId.shared(request.room().application()), visibility);
        }
        if (!models.stream().allMatch(CollectionModel::isSingleTenant)) {
            rooms.put(request.room(), visibility);
        }
        return CompletableFuture.completedStage(new ReadCapability(rooms, publisher, backlog));
    }

    private Visibility visibilityOf(RoomAccessRequest request) {
        Set<CollectionName> all = collections.of(request.room().application()).stream()
                .map(CollectionModel::name)
                .collect(Collectors.toSet());
        Set<CollectionName> open = request.collections();
        return Visibility.of(all, open, filters.of(request, open));
    }
}
