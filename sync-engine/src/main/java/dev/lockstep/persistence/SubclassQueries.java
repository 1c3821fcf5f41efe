package dev.lockstep.persistence;

import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.service.spi.ServiceContributor;

/**
 * The Hibernate setting that lets queries name fields of subclasses, as lists of a hierarchy do. WildFly turns the strict
 * reading of the specification on, which knows no such fields, and an application may state it, too: this setting takes
 * precedence, because lists would fail. Queries that the strict reading accepts have the same result without it. Hibernate
 * finds the class through {@code META-INF/services}.
 */
public final class SubclassQueries implements ServiceContributor {
    @Override
    public void contribute(StandardServiceRegistryBuilder registry) {
        registry.getSettings().put("hibernate.jpa.compliance.query", false);
    }
}
