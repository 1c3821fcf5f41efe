package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the database does not answer: a balancer sends callers elsewhere then. */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements HealthCheck {
    /** Longest wait for the database's answer. After it the server counts as not ready. */
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(2);

    @Inject
    private ContainerResources lent;

    @Inject
    private DatabaseAvailability availability;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("lockstep-database")
                .status(lent.isProvided() && answers())
                .build();
    }

    private boolean answers() {
        if (availability.isUnavailable()) {
            return false; // the transactions of the engine try it, and have logged why
        }
        try (Connection connection = lent.dataSource().getConnection()) {
            return connection.isValid(Math.toIntExact(ANSWER_WAIT_MAX.toSeconds()));
        } catch (SQLException e) {
            return false;
        }
    }
}
