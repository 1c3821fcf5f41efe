package dev.lockstep.system.probe.hooks;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.DevelopmentOnly;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** Accepts a bearer token that begins with {@code name-}, followed by the user's name. */
@ApplicationScoped
@DevelopmentOnly
@Priority(50)
public class NameTokens implements IdentityResolver {
    private static final String PREFIX = "Bearer name-";

    @Override
    public Identity resolve(Credentials credentials) {
        return credentials
                .header("Authorization")
                .filter(header -> header.startsWith(PREFIX))
                .<Identity>map(header -> new Identity.Known(new Caller(
                        credentials.application(),
                        Optional.of(header.substring(PREFIX.length())),
                        Map.of(),
                        Optional.empty())))
                .orElseGet(Identity.None::new);
    }

    @Override
    public boolean isSentByBrowsers() {
        return false;
    }
}
