package dev.lockstep.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the log injectable. */
@ApplicationScoped
class LogBeans {
    @Produces
    @Singleton
    ActionLog log() {
        return new ActionLog();
    }

    @Produces
    @Singleton
    Floors floors() {
        return new Floors();
    }

    @Produces
    @Singleton
    LogSettings settings() {
        return LogSettings.of(ConfigProvider.getConfig());
    }
}
