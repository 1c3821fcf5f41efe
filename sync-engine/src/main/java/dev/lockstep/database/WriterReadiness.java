package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness check of this node's writer: not ready while it cannot write, so that a load balancer uses other nodes. */
@Readiness
@ApplicationScoped
class WriterReadiness implements HealthCheck {
    @Inject
    private WriterHealth health;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("lockstep-writer")
                .status(health.canWrite())
                .build();
    }
}
