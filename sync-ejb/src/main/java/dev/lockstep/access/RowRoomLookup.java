package dev.lockstep.access;

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

/**
 * In which rooms rows are, for dialects whose requests name rows and no rooms. It tells nothing else of them; what is
 * asked for in the room then, goes through the access chain.
 */
@ApplicationScoped
public class RowRoomLookup {
    @Inject
    private Transactions transactions;

    /**
     * The rooms of some rows; those that are not there are left out. One query for each collection, which blocks.
     *
     * @throws dev.lockstep.api.SyncException as {@code UNAVAILABLE}, if the database does not answer
     */
    public Map<CollectionModel, Map<EntityId, RoomId>> roomsOf(Map<CollectionModel, Set<EntityId>> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        return DatabaseFailures.refusing(
                "a request could not be read",
                () -> transactions.run(scope -> {
                    RowRepository rows = new RowRepository(scope.entities());
                    Map<CollectionModel, Map<EntityId, RoomId>> found = new HashMap<>();
                    wanted.forEach((model, ids) -> found.put(model, rows.rooms(model, ids)));
                    return found;
                }));
    }
}
