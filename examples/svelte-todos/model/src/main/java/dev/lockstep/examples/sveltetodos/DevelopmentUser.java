package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.DevelopmentOnly;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** One fixed user for requests without credentials. It comes after all other resolvers. */
@ApplicationScoped
@DevelopmentOnly
@Priority(3000)
public class DevelopmentUser implements IdentityResolver {
    static final String SUBJECT = "developer";

    @Override
    public Identity resolve(Credentials credentials) {
        return new Identity.Known(
                new Caller(credentials.application(), Optional.of(SUBJECT), Map.of(), Optional.empty()));
    }

    @Override
    public boolean isSentByBrowsers() {
        return false;
    }
}
