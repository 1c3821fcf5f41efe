package dev.lockstep.collection;

/**
 * Hears what application code does to the entities of collections in its own transactions. Called within JPA's life
 * cycle callbacks, where no entity manager may be used.
 */
public interface RowChanges {
    /** An entity was read. */
    void loaded(Object entity);

    /** A new entity is about to be stored; it gets what only the server gives. */
    void inserting(Object entity);

    /** An entity's fields have changed. */
    void updating(Object entity);

    /** An entity is about to be removed for good. */
    void removing(Object entity);
}
