package dev.lockstep.access.routing;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Lookup of the rooms of rows. Decides nothing: each mutation then goes through the access chain. Thread-safe. */
@ApplicationScoped
class RowRoomLookup {
    @Inject
    private Transactions transactions;

    /**
     * The rooms of some rows; rows that do not exist are left out. One query per collection. Blocks.
     *
     * @throws dev.lockstep.api.SyncException as {@code UNAVAILABLE}, if the database does not respond
     */
    Map<CollectionModel, Map<EntityId, RoomId>> roomsOf(Map<CollectionModel, Set<EntityId>> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        return DatabaseFailures.refusing(
                "Request not read",
                () -> transactions.run(scope -> {
                    RowRepository rows = new RowRepository(scope.entities());
                    Map<CollectionModel, Map<EntityId, RoomId>> found = new HashMap<>();
                    wanted.forEach((model, ids) -> found.put(model, rows.rooms(model, ids)));
                    return found;
                }));
    }
}
