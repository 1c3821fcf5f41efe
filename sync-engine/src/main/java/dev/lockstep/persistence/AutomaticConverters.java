package dev.lockstep.persistence;

import dev.lockstep.collection.ProviderConversions;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Value;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;
import org.hibernate.type.descriptor.converter.spi.JpaAttributeConverter;

/**
 * Finds the attributes that Hibernate converts, also those with a converter that applies itself, which JPA's metamodel does
 * not show. Hibernate finds the class through {@code META-INF/services}. Thread-safe.
 */
public final class AutomaticConverters implements Integrator {
    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessions) {
        for (PersistentClass entity : metadata.getEntityBindings()) {
            for (Property property : entity.getPropertyClosure()) {
                if (isConverted(property.getValue())) {
                    ProviderConversions.add(entity.getMappedClass(), property.getName());
                }
            }
        }
    }

    private static boolean isConverted(Value value) {
        return switch (value) {
            case Component embedded ->
                embedded.getProperties().stream().anyMatch(member -> isConverted(member.getValue()));
            case BasicValue basic -> basic.resolve().getValueConverter() instanceof JpaAttributeConverter<?, ?>;
            default -> false;
        };
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessions, SessionFactoryServiceRegistry registry) {
        // the attributes belong to their classes
    }
}
