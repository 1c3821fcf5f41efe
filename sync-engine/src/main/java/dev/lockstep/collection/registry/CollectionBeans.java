package dev.lockstep.collection.registry;

import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.mapping.HandledEntities;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.persistence.metamodel.EntityType;
import jakarta.validation.ValidatorFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Producer of the deployment's collections, from the persistence unit's metamodel. */
@ApplicationScoped
class CollectionBeans {
    @PersistenceUnit(unitName = "lockstep")
    private EntityManagerFactory unit;

    @Produces
    @Singleton
    CollectionRegistry registry(@Any Instance<AccessPolicy> policies, @Any Instance<CollectionHandler> handlers) {
        PersistenceXml.requireListener(CollectionBeans.class.getClassLoader());
        return new CollectionRegistry(
                unit.getMetamodel().getEntities().stream()
                        .map(EntityType::getJavaType)
                        .<Class<?>>map(type -> type)
                        .collect(Collectors.toUnmodifiableSet()),
                filteredCollections(policies),
                HandledEntities.of(handlers.handlesStream()
                        .<Class<?>>map(handle -> handle.getBean().getBeanClass())
                        .toList()));
    }

    private static Map<String, Set<String>> filteredCollections(Instance<AccessPolicy> policies) {
        Map<String, Set<String>> filtered = new HashMap<>();
        ApplicationBeans.byApplication(policies)
                .forEach((application, own) -> filtered.put(
                        application,
                        own.stream()
                                .flatMap(policy -> policy.readFilters().keySet().stream())
                                .collect(Collectors.toUnmodifiableSet())));
        return filtered;
    }

    @Produces
    @Singleton
    RowReader rowReader(ValidatorFactory validation) {
        return new RowReader(validation);
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
