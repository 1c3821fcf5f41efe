package dev.lockstep.transaction;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.RowRepository;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The stored rows of a transaction: read back where they may differ from the entities, in one query per collection. Belongs
 * to one transaction, after its last flush.
 */
final class StoredImages implements ApplicationTransaction.StoredReader {
    private final ApplicationTransaction.ImageReader entities;
    private final Map<CollectionModel, Map<EntityId, RowImage>> readBack = new HashMap<>();

    StoredImages(ApplicationTransaction transaction, ApplicationTransaction.ImageReader entities, RowRepository rows) {
        this.entities = entities;
        Map<CollectionModel, SortedSet<EntityId>> ids = new HashMap<>();
        for (Object entity : transaction.entities()) {
            RowImage image = entities.read(entity);
            if (image.model().storage().readsBack() && !transaction.isRemoved(entity)) {
                ids.computeIfAbsent(image.model(), model -> new TreeSet<>()).add(image.id());
            }
        }
        ids.forEach((model, some) -> readBack.put(model, rows.images(model, some)));
    }

    @Override
    public Optional<RowImage> read(Object entity) {
        RowImage image = entities.read(entity);
        return Optional.ofNullable(readBack.get(image.model()))
                .map(rows -> Optional.ofNullable(rows.get(image.id()))
                        .filter(row -> row.room().equals(image.room())))
                .orElse(Optional.of(image));
    }
}
