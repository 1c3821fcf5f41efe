package dev.lockstep.persistence;

import java.util.Map;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.service.spi.ServiceContributor;

/**
 * Has Hibernate store days and times as they are, whatever the time zone of the JVM. By itself it takes a
 * {@code LocalDateTime} for a moment in that zone, which moves those that the zone leaves out, and days before 1900.
 * Settings of the persistence unit itself go before. Found by Hibernate through {@code META-INF/services}.
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
