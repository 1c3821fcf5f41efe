package dev.lockstep.system.probe.model;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.DevelopmentOnly;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** An application's own identity resolver, with a publicly known key. */
@ApplicationScoped
@DevelopmentOnly
public class OpaqueKeys implements IdentityResolver {
    @Override
    public Identity resolve(Credentials credentials) {
        return credentials
                .header("X-Probe-Key")
                .<Identity>map(key -> new Identity.Known(
                        new Caller(credentials.application(), Optional.of(key), Map.of(), Optional.empty())))
                .orElseGet(Identity.None::new);
    }

    @Override
    public boolean isSentByBrowsers() {
        return false;
    }
}
