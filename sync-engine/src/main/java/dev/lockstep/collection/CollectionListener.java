package dev.lockstep.collection;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.collection.mapping.Attributes;
import jakarta.inject.Inject;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreRemove;
import jakarta.persistence.PreUpdate;

/** Default entity listener of the unit, set by {@code META-INF/lockstep-orm.xml}: reports the entities of collections. */
public class CollectionListener {
    private static final ClassValue<Boolean> COLLECTIONS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                if (each.isAnnotationPresent(SyncCollection.class)) {
                    return true;
                }
            }
            return false;
        }
    };

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

    /** Whether an entity is a row of a collection, and an attribute is a collection in a table of its own. */
    public static boolean isElementCollection(Object entity, String attribute) {
        return isCollection(entity)
                && Attributes.elementCollections(entity.getClass()).contains(attribute);
    }

    /** Also a subclass of a collection's entity, whose rows are in that collection. */
    private static boolean isCollection(Object entity) {
        return COLLECTIONS.get(entity.getClass());
    }
}
