package dev.lockstep.persistence;

import java.util.Map;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.service.spi.ServiceContributor;

/**
 * Hibernate settings that store local dates and times unchanged, whatever the time zone of the JVM. By default Hibernate
 * takes a {@code LocalDateTime} for an instant in that zone, which shifts times that the zone skips, and dates before
 * 1900. Settings of the persistence unit take precedence. Hibernate finds the class through {@code META-INF/services}.
 */
public final class ZoneFreeTimes implements ServiceContributor {
    private static final Map<String, Object> SETTINGS = Map.of(
            "hibernate.type.java_time_use_direct_jdbc",
            true,
            "hibernate.timezone.default_storage",
            "NORMALIZE_UTC",
            "hibernate.jdbc.time_zone",
            "UTC");

    @Override
    public void contribute(StandardServiceRegistryBuilder registry) {
        SETTINGS.forEach(registry.getSettings()::putIfAbsent);
    }
}
