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
 * Prepares this package with the deployment, so that what cannot work fails it: servers may make a filter with the first
 * request only.
 */
@ApplicationScoped
class IdentityBeans {
    @Inject
    private Resolvers resolvers;

    @Inject
    private BasicIdentity basic;

    @Inject
    private ConfiguredTokens tokens;

    /** The settings are asked for, so that they are read. */
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
