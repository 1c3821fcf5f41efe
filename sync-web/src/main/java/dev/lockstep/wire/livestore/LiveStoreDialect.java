package dev.lockstep.wire.livestore;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreName;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;

/** The dialect in the served application: whether it is enabled, and its settings. Thread-safe. */
@ApplicationScoped
class LiveStoreDialect {
    private final LiveStoreSettings settings = LiveStoreSettings.of(ConfigProvider.getConfig());

    private final PushLimits pushLimits = new PushLimits(PushLimitSettings.of(ConfigProvider.getConfig()));

    @Inject
    private ServedApplication application;

    /** Creates this bean at deployment, so that an invalid setting fails the deployment instead of the first request. */
    void begin(@Observes ApplicationStarted applicationStarted) {}

    /** Whether the web application enables the dialect. */
    boolean isEnabled() {
        return application.speaks(LiveStoreApi.class.getName());
    }

    /** Whether the web application serves a transport of the dialect. */
    boolean serves(Transport transport) {
        return isEnabled() && settings.transports().contains(transport);
    }

    /** Whether clients may give a store this name. */
    boolean admits(StoreName store) {
        return application
                .attribute(LiveStoreApi.NAMES)
                .filter(names -> names instanceof Pattern pattern
                        && pattern.matcher(store.value()).matches())
                .isPresent();
    }

    LiveStoreSettings settings() {
        return settings;
    }

    /** The reader of payloads of the application's clients. */
    PayloadIdentity payloads() {
        return new PayloadIdentity(settings, application.name());
    }

    /** The rate limits of pushes. */
    PushLimits pushLimits() {
        return pushLimits;
    }

    RoomId room(StoreName store) {
        return store.room(application.name());
    }
}
