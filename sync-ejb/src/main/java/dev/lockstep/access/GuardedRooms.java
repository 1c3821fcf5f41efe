package dev.lockstep.access;

import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.CollectionRegistry;
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

/** Rooms for those who may see them. */
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
     * What somebody may see of a room, and of the shared room where collections of the view lie there. Fails with a
     * {@code SyncException} if it is nothing.
     */
    public CompletionStage<ReadCapability> rights(RoomAccessRequest request) {
        Visibility visibility = sightOf(request);
        Map<RoomId, Visibility> rooms = new LinkedHashMap<>(); // the shared room may be the one that is asked for
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

    private Visibility sightOf(RoomAccessRequest request) {
        Set<CollectionName> all = collections.of(request.room().application()).stream()
                .map(CollectionModel::name)
                .collect(Collectors.toSet());
        Set<CollectionName> open = request.collections();
        return Visibility.of(all, open, filters.of(request, open));
    }
}
