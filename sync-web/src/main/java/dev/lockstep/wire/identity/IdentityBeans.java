package dev.lockstep.wire.identity;

import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.http.Origins;
import dev.lockstep.wire.identity.jwt.ConfiguredTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Start of this package with the deployment, so that a misconfiguration fails it. A server may create a filter as late as
 * its first request.
 */
@ApplicationScoped
class IdentityBeans {
    @Inject
    private Resolvers resolvers;

    @Inject
    private BasicIdentity basic;

    @Inject
    private ConfiguredTokens tokens;

    /** Injects the settings, so that they are read and checked now. */
    void start(@Observes ApplicationStarted applicationStarted, Proxies proxies, Origins origins) {
        basic.find();
        resolvers.find();
        tokens.start();
    }

    @Produces
    @Singleton
    Proxies proxies() {
        return Proxies.of(ConfigProvider.getConfig());
    }
}
