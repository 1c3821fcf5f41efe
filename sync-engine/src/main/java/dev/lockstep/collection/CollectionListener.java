package dev.lockstep.collection;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.inject.Inject;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreRemove;
import jakarta.persistence.PreUpdate;

/** Default entity listener of the unit, set by {@code META-INF/lockstep-orm.xml}: reports the entities of collections. */
public class CollectionListener {
    @Inject
    private RowChanges changes;

    @PostLoad
    void loaded(Object entity) {
        if (isCollection(entity)) {
            changes.loaded(entity);
        }
    }

    @PrePersist
    void inserting(Object entity) {
        if (isCollection(entity)) {
            changes.inserting(entity);
        }
    }

    @PreUpdate
    void updating(Object entity) {
        if (isCollection(entity)) {
            changes.updating(entity);
        }
    }

    @PreRemove
    void removing(Object entity) {
        if (isCollection(entity)) {
            changes.removing(entity);
        }
    }

    private static boolean isCollection(Object entity) {
        return entity.getClass().isAnnotationPresent(SyncCollection.class);
    }
}
