package dev.lockstep.collection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.persistence.metamodel.EntityType;
import jakarta.validation.Validator;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.stream.Collectors;

/** Makes the collections of the deployment from the persistence unit's metamodel. */
@ApplicationScoped
class CollectionBeans {
    @PersistenceUnit(unitName = "lockstep")
    private EntityManagerFactory unit;

    @Produces
    @Singleton
    CollectionRegistry registry() {
        PersistenceXml.requireListener(CollectionBeans.class.getClassLoader());
        return new CollectionRegistry(unit.getMetamodel().getEntities().stream()
                .map(EntityType::getJavaType)
                .<Class<?>>map(type -> type)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Produces
    @Singleton
    RowReader rowReader(Validator validator) {
        return new RowReader(validator);
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    EntityIds entityIds(InstantSource clock) {
        return new EntityIds(clock, new SecureRandom());
    }
}
