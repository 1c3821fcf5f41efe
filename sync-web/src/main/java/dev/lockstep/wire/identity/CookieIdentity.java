package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import dev.lockstep.wire.identity.jwt.JwtSettings;
import dev.lockstep.wire.identity.jwt.TokenVerifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Resolver of a JSON Web Token in the cookie that {@code lockstep.jwt.cookie} names. The service that signs users in sets the
 * cookie, with {@code HttpOnly}, {@code Secure} and {@code SameSite}.
 */
@ApplicationScoped
@Priority(300)
class CookieIdentity implements IdentityResolver {
    @Inject
    private TokenVerifier tokens;

    @Inject
    private JwtSettings settings;

    @Override
    public Identity resolve(Credentials credentials) {
        Optional<String> token = settings.cookie().flatMap(credentials::cookie);
        return token.isPresent() && tokens.isConfigured()
                ? tokens.verify(credentials.application(), token.get())
                : new Identity.None();
    }
}
