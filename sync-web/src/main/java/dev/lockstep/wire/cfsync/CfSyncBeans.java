package dev.lockstep.wire.cfsync;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Producer of the dialect's settings for injection. */
@ApplicationScoped
class CfSyncBeans {
    @Produces
    @Singleton
    CfSyncSettings settings() {
        return CfSyncSettings.of(ConfigProvider.getConfig());
    }
}
