package dev.lockstep.wire.channels;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.channels.cookie.SessionCookie;
import dev.lockstep.wire.identity.DialectCookies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The session cookie of applications that speak the dialect. Thread-safe. */
@ApplicationScoped
class SessionCookies implements DialectCookies {
    @Inject
    private ChannelsDialect dialect;

    @Inject
    private InstantSource clock;

    private volatile ChannelsSettings settings = new ChannelsSettings(List.of());

    /** Reads the settings with the deployment, so that a misconfiguration fails it. */
    void start(@Observes ApplicationStarted applicationStarted) {
        settings = ChannelsSettings.of(ConfigProvider.getConfig());
    }

    @Override
    public Identity identify(Credentials credentials) {
        return dialect.isEnabled() && credentials.cookie(SessionCookie.NAME).isPresent()
                ? SessionCookie.identify(
                        credentials.application(),
                        credentials.cookie(SessionCookie.NAME).get(),
                        settings.sessionSecrets(),
                        clock.instant())
                : new Identity.None();
    }
}
