package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Resolver of the cookies of dialects. The first dialect that recognizes or refuses its cookie decides. */
@ApplicationScoped
@Priority(350)
class DialectCookieIdentity implements IdentityResolver {
    @Inject
    @Any
    private Instance<DialectCookies> dialects;

    @Override
    public Identity resolve(Credentials credentials) {
        for (DialectCookies each : dialects) {
            Identity identity = each.identify(credentials);
            if (!(identity instanceof Identity.None)) {
                return identity;
            }
        }
        return new Identity.None();
    }
}
