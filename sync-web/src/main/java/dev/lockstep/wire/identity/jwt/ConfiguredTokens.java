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

/** Tokens by the keys of the configuration. The only class that must load where the library for them is missing. */
@ApplicationScoped
public class ConfiguredTokens implements TokenVerifier {
    /** Longest token. A longer one is refused unread. */
    static final int TOKEN_CHARACTERS_MAX = 8 * 1024;

    /** How often it is looked whether keys have changed. */
    private static final Duration KEYS_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(ConfiguredTokens.class.getName());

    @Inject
    private InstantSource clock;

    @Inject
    private RuntimeProfile runtimeProfile;

    @Inject
    private PeriodicTasks tasks;

    private JwtSettings settings;
    private Optional<Verifying> verifying = Optional.empty();
    private @Nullable Future<?> looking;

    /** What there is where tokens are configured. */
    private record Verifying(JoseTokens tokens, JwksCache keys) {}

    @PostConstruct
    void read() {
        settings = withDevelopmentSecret(JwtSettings.of(ConfigProvider.getConfig()), ConfigProvider.getConfig());
        if (settings.hasKeys()) {
            try {
                verifying = Optional.of(
                        new Verifying(new JoseTokens(settings, clock), new JwksCache(settings, System::nanoTime)));
            } catch (NoClassDefFoundError e) {
                throw new Misconfiguration("Keys of tokens are configured, but this server has no library that could"
                        + " verify them: it needs org.jose4j.");
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
            throw new UncheckedIOException("the development secret cannot be kept in " + folder, e);
        }
    }

    /** With the deployment, so that what cannot work fails it. */
    public void start() {
        looking = tasks.every(KEYS_EVERY, this::refresh);
    }

    private void refresh() {
        try {
            verifying.ifPresent(each -> each.keys().refresh());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "it could not be looked for other keys; those so far stay valid", e);
        }
    }

    @PreDestroy
    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    @Produces
    JwtSettings settings() {
        return settings;
    }

    @Override
    public boolean isConfigured() {
        return verifying.isPresent();
    }

    @Override
    public Identity verify(String application, String token) {
        if (verifying.isEmpty() || token.length() > TOKEN_CHARACTERS_MAX) {
            return Identity.refused();
        }
        JoseTokens tokens = verifying.get().tokens();
        JwksCache keys = verifying.get().keys();
        JoseTokens.Result result = tokens.verify(application, token, keys.valid());
        return result.signed() || !keys.refreshForUnknownKey()
                ? result.identity()
                : tokens.verify(application, token, keys.valid()).identity();
    }

    @Override
    public Set<String> keys() {
        return verifying.map(each -> each.keys().names()).orElse(Set.of());
    }
}
