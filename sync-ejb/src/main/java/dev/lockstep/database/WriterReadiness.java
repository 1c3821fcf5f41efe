package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while this node's writer cannot write, although reads may work: a balancer sends callers elsewhere then. */
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
