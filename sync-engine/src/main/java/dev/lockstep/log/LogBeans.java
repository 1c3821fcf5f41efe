package dev.lockstep.log;

import dev.lockstep.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.ConfigProvider;

/** Produces the beans of the log. */
@ApplicationScoped
class LogBeans {
    @Inject
    private Transactions transactions;

    @Inject
    private InstantSource clock;

    @Produces
    @Singleton
    HighWaterMark highWaterMark() {
        return new HighWaterMark();
    }

    @Produces
    @Singleton
    Epochs epochs() {
        return new Epochs(clock);
    }

    @Produces
    @Singleton
    ActionLog log(HighWaterMark known, Epochs epochs) {
        return new ActionLog(known, epochs);
    }

    @Produces
    @Singleton
    Floors floors() {
        return new Floors();
    }

    @Produces
    @Singleton
    EpochMonitor epochWatch(Epochs epochs, HighWaterMark known) {
        return new EpochMonitor(transactions, epochs, known, HighWaterMarkFile.of(ConfigProvider.getConfig(), clock));
    }

    @Produces
    @Singleton
    LogSettings settings() {
        return LogSettings.of(ConfigProvider.getConfig());
    }
}
