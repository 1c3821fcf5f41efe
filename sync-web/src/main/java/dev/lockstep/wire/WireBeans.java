package dev.lockstep.wire;

import dev.lockstep.wire.application.RuntimeProfile;
import dev.lockstep.wire.http.Origins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Producer of settings for injection. */
@ApplicationScoped
class WireBeans {
    @Produces
    @Singleton
    Origins origins() {
        return Origins.of(ConfigProvider.getConfig());
    }

    @Produces
    @Singleton
    RuntimeProfile runtimeProfile() {
        return RuntimeProfile.of(ConfigProvider.getConfig());
    }
}
