package dev.lockstep.transaction;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.ServerFields;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.RowRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Changes collections through the transaction's entity manager; the entity listener records the changes. */
@ApplicationScoped
class JpaSyncRepository implements SyncRepository {
    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private ApplicationTransactions transactions;

    @Inject
    private EntityIds ids;

    @Inject
    private InstantSource clock;

    @Override
    public <E> List<E> list(Class<E> entity, String room) {
        return new RowRepository(entities)
                .entities(collections.require(entity), room).stream()
                        .map(entity::cast)
                        .toList();
    }

    @Override
    public <E> Optional<E> find(Class<E> entity, String room, EntityId id) {
        CollectionModel model = collections.require(entity);
        return model.idValue(id).map(value -> entities.find(entity, value)).filter(found -> {
            RowImage image = RowImage.of(model, found);
            return !image.isDeleted() && image.isIn(room);
        });
    }

    @Override
    public <E> E insert(String room, E entity) {
        ServerFields.assignRoom(collections.require(entity.getClass()), entity, room, entities::getReference);
        ServerFields.assign(collections.require(entity.getClass()), entity, ids, now());
        if (transactions
                .open()
                .filter(own -> own.deletesFirst(entity.getClass()))
                .isPresent()) {
            entities.flush(); // the persistence provider sends inserts before updates and deletes
        }
        entities.persist(entity);
        return entity;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // managed entities are compared by identity
    public void delete(Object entity) {
        // Children first, because of foreign keys. With other ways of deletion, children are deleted at the commit.
        RowImage row = RowImage.of(collections.require(entity.getClass()), entity);
        CascadeDeletes family =
                CascadeDeletes.including(new RowRepository(entities), collections.references(), row, entity);
        if (family.clearReferences()) {
            entities.flush();
        }
        for (Object each : family.childrenFirst()) {
            if (each != entity) {
                transactions.required().deletedWithParent(each);
            }
            deleteAlone(each);
        }
    }

    private void deleteAlone(Object entity) {
        CollectionModel model = collections.require(entity.getClass());
        transactions.open().ifPresent(own -> own.rowDeleted(model.entity()));
        if (model.deletesSoftly()) {
            ServerFields.markDeleted(model, entity, now());
        } else {
            entities.remove(entity);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
