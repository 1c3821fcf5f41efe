package dev.lockstep.wire.endpoint;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Adds {@link EndpointErrors} to every JAX-RS application of the web application. Loaded by the service loader (Jakarta
 * RESTful Web Services 3.1, section 4.1.2). An application's own mapper goes before it.
 */
public final class EndpointFeature implements Feature {
    /** After every mapper of an application. */
    private static final int LAST = Priorities.USER + 10_000;

    @Override
    public boolean configure(FeatureContext context) {
        context.register(EndpointErrors.class, LAST);
        return true;
    }
}
