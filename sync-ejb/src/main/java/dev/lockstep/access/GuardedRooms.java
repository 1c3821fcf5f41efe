package dev.lockstep.access;

import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.publish.Backlog;
import dev.lockstep.publish.PublisherThread;
import dev.lockstep.room.Sight;
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
    private Backlog backlog;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private ReadFilters filters;

    /**
     * What somebody may see of a room, and of the shared room where collections of the view lie there. Fails with a
     * {@code SyncException} if it is nothing.
     */
    public CompletionStage<Rights> rights(View view) {
        Sight visibility = sightOf(view);
        Map<RoomId, Sight> rooms = new LinkedHashMap<>(); // the shared room may be the one that is asked for
        List<CollectionModel> models = collections.of(view.room().application()).stream()
                .filter(model -> view.collections().contains(model.name()))
                .toList();
        if (models.stream().anyMatch(CollectionModel::isSingleTenant)) {
            rooms.put(RoomId.shared(view.room().application()), visibility);
        }
        if (!models.stream().allMatch(CollectionModel::isSingleTenant)) {
            rooms.put(view.room(), visibility);
        }
        return CompletableFuture.completedStage(new Rights(rooms, publisher, backlog));
    }

    private Sight sightOf(View view) {
        Set<CollectionName> all = collections.of(view.room().application()).stream()
                .map(CollectionModel::name)
                .collect(Collectors.toSet());
        Set<CollectionName> open = view.collections();
        return Sight.of(all, open, filters.of(view, open));
    }
}
