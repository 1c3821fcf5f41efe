package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import dev.lockstep.wire.identity.jwt.TokenVerifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Resolver of a JSON Web Token in the header {@code Authorization}. */
@ApplicationScoped
@Priority(100)
class BearerIdentity implements IdentityResolver {
    private static final Optional<String> CHALLENGE = Optional.of("Bearer error=\"invalid_token\"");

    @Inject
    private TokenVerifier tokens;

    @Override
    public Identity resolve(Credentials credentials) {
        Optional<String> token = Authorization.of(credentials, "Bearer");
        if (token.isEmpty() || !tokens.isConfigured()) {
            return new Identity.None();
        }
        return switch (tokens.verify(credentials.application(), token.get())) {
            case Identity.Known known -> known;
            case Identity.Refused refused -> new Identity.Refused(refused.refusal(), CHALLENGE);
            case Identity.None none -> Identity.refused(CHALLENGE);
        };
    }

    @Override
    public boolean isSentByBrowsers() {
        return false;
    }
}
