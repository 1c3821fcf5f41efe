package dev.lockstep.collection;

/**
 * Receiver of the changes that application code makes to entities of collections in its own transactions. Called within
 * JPA's lifecycle callbacks, where no entity manager may be used.
 */
public interface RowChanges {
    /** An entity has been loaded. */
    void loaded(Object entity);

    /** A new entity is about to be stored; the receiver sets the fields of the server. */
    void inserting(Object entity);

    /** An entity's fields have changed. */
    void updating(Object entity);

    /**
     * The items of a collection that an entity has in a table of its own are about to change. The JPA provider reports it
     * within the flush, also for an entity that is new or that will be deleted.
     */
    void changingItems(Object entity);

    /** An entity is about to be deleted for good. */
    void removing(Object entity);
}
