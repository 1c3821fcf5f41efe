package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness check of the database: not ready while it does not respond, so that a load balancer uses other nodes. */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements HealthCheck {
    /** Longest wait for the database's response. After it the server is not ready. */
    private static final Duration RESPONSE_WAIT_MAX = Duration.ofSeconds(2);

    @Inject
    private ContainerResources resources;

    @Inject
    private DatabaseAvailability availability;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("lockstep-database")
                .status(resources.isProvided() && responds())
                .build();
    }

    private boolean responds() {
        if (availability.isUnavailable()) {
            return false; // transactions of the engine probe it, and have logged the cause
        }
        try (Connection connection = resources.dataSource().getConnection()) {
            return connection.isValid(Math.toIntExact(RESPONSE_WAIT_MAX.toSeconds()));
        } catch (SQLException e) {
            return false;
        }
    }
}
