package dev.lockstep.persistence;

import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.service.spi.ServiceContributor;

/**
 * The Hibernate setting that lets queries name fields of subclasses, as lists of a hierarchy do. WildFly turns the strict
 * reading of the specification on, which knows no such fields. Settings of the persistence unit take precedence. Hibernate
 * finds the class through {@code META-INF/services}.
 */
public final class SubclassQueries implements ServiceContributor {
    @Override
    public void contribute(StandardServiceRegistryBuilder registry) {
        registry.getSettings().putIfAbsent("hibernate.jpa.compliance.query", false);
    }
}
