package dev.lockstep.persistence;

import dev.lockstep.collection.CollectionListener;
import dev.lockstep.collection.RowChanges;
import jakarta.enterprise.inject.spi.CDI;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Reports changes of the collections that entities have in tables of their own, for which JPA has no callback. Hibernate
 * finds the class through {@code META-INF/services}. Thread-safe.
 */
public final class CollectionItems
        implements Integrator,
                PreCollectionRecreateEventListener,
                PreCollectionUpdateEventListener,
                PreCollectionRemoveEventListener {
    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessions) {
        EventListenerRegistry listeners = sessions.getServiceRegistry().getService(EventListenerRegistry.class);
        if (listeners != null) {
            listeners.appendListeners(EventType.PRE_COLLECTION_RECREATE, this);
            listeners.appendListeners(EventType.PRE_COLLECTION_UPDATE, this);
            listeners.appendListeners(EventType.PRE_COLLECTION_REMOVE, this);
        }
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessions, SessionFactoryServiceRegistry registry) {
        // the listeners end with the session factory
    }

    @Override
    public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
        report(event);
    }

    @Override
    public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
        report(event);
    }

    @Override
    public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
        report(event);
    }

    private static void report(AbstractCollectionEvent event) {
        Object owner = event.getAffectedOwnerOrNull();
        String role = event.getCollection().getRole();
        if (owner != null
                && role != null
                && CollectionListener.isElementCollection(owner, role.substring(role.lastIndexOf('.') + 1))) {
            RowChanges changes = changes();
            if (changes != null) {
                changes.changingItems(owner);
            }
        }
    }

    /** Null without a container, in which there are no transactions of applications. */
    private static @Nullable RowChanges changes() {
        try {
            return CDI.current().select(RowChanges.class).get();
        } catch (IllegalStateException noContainer) {
            return null;
        }
    }
}
