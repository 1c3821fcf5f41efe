package dev.lockstep.wire.identity.jwt;

import dev.lockstep.api.identity.Identity;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.application.RuntimeProfile;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Verification of tokens with the configured keys. It must load without jose4j, which the other classes need. */
@ApplicationScoped
public class ConfiguredTokens implements TokenVerifier {
    /** Longest token, in characters. A longer one is refused unread. */
    static final int TOKEN_CHARACTERS_MAX = 8 * 1024;

    /** Pause between two checks for changed keys. */
    private static final Duration REFRESH_PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(ConfiguredTokens.class.getName());

    @Inject
    private InstantSource clock;

    @Inject
    private RuntimeProfile runtimeProfile;

    @Inject
    private PeriodicTasks tasks;

    private JwtSettings settings;
    private Optional<Verification> verification = Optional.empty();
    private @Nullable Future<?> refreshing;

    /** Verifier and keys, if tokens are configured. */
    private record Verification(JoseTokens tokens, JwksCache keys) {}

    @PostConstruct
    void read() {
        settings = withDevelopmentSecret(JwtSettings.of(ConfigProvider.getConfig()), ConfigProvider.getConfig());
        if (settings.hasKeys()) {
            try {
                verification = Optional.of(
                        new Verification(new JoseTokens(settings, clock), new JwksCache(settings, System::nanoTime)));
            } catch (NoClassDefFoundError e) {
                throw new Misconfiguration("Keys of tokens are configured, but this server has no library to verify"
                        + " tokens: add org.jose4j to it.");
            }
        }
    }

    private JwtSettings withDevelopmentSecret(JwtSettings read, Config config) {
        if (runtimeProfile == RuntimeProfile.PRODUCTION || read.hasKeys()) {
            return read;
        }
        Path folder = Path.of(config.getOptionalValue("lockstep.data.dir", String.class)
                .or(() -> config.getOptionalValue("jboss.server.data.dir", String.class))
                .orElse("."));
        try {
            String secret = DevelopmentSecret.in(folder, new SecureRandom());
            return new JwtSettings(
                    List.of(secret),
                    read.publicKey(),
                    read.location(),
                    read.issuer(),
                    read.audiences(),
                    read.clockSkew(),
                    read.cookie(),
                    read.secretsLocation());
        } catch (IOException e) {
            throw new UncheckedIOException("The development secret cannot be stored in " + folder, e);
        }
    }

    /** Starts the refresh. Called with the deployment, so that a misconfiguration fails it. */
    public void start() {
        refreshing = tasks.every(REFRESH_PAUSE, this::refresh);
    }

    private void refresh() {
        try {
            verification.ifPresent(each -> each.keys().refresh());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Refresh of the keys of tokens failed; the former ones stay valid", e);
        }
    }

    @PreDestroy
    void stop() {
        if (refreshing != null) {
            refreshing.cancel(false);
        }
    }

    @Produces
    JwtSettings settings() {
        return settings;
    }

    @Override
    public boolean isConfigured() {
        return verification.isPresent();
    }

    @Override
    public Identity verify(String application, String token) {
        if (verification.isEmpty() || token.length() > TOKEN_CHARACTERS_MAX) {
            return Identity.refused();
        }
        JoseTokens tokens = verification.get().tokens();
        JwksCache keys = verification.get().keys();
        JoseTokens.Result result = tokens.verify(application, token, keys.valid());
        return result.signed() || !keys.refreshForUnknownKey()
                ? result.identity()
                : tokens.verify(application, token, keys.valid()).identity();
    }

    @Override
    public Set<String> keys() {
        return verification.map(each -> each.keys().names()).orElse(Set.of());
    }
}
