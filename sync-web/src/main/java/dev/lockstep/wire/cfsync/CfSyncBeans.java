package dev.lockstep.wire.cfsync;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the settings injectable. */
@ApplicationScoped
class CfSyncBeans {
    @Produces
    @Singleton
    CfSyncSettings settings() {
        return CfSyncSettings.of(ConfigProvider.getConfig());
    }
}
