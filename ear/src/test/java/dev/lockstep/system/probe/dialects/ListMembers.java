package dev.lockstep.system.probe.dialects;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.GroupResolver;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Users with a token, and their groups: {@code alice@groceries-token} is Alice, a member of the list {@code groceries}. */
@ApplicationScoped
@Priority(50)
public class ListMembers implements IdentityResolver, GroupResolver {
    private static final String BEARER = "Bearer ";
    private static final String SUFFIX = "-token";

    @Override
    public Identity resolve(Credentials credentials) {
        return credentials
                .header("Authorization")
                .filter(header -> header.startsWith(BEARER) && header.endsWith(SUFFIX))
                .<Identity>map(header -> new Identity.Known(new Caller(
                        credentials.application(),
                        Optional.of(header.substring(BEARER.length(), header.length() - SUFFIX.length())),
                        Map.of(),
                        Optional.empty())))
                .orElseGet(Identity.None::new);
    }

    @Override
    public boolean isSentByBrowsers() {
        return false;
    }

    @Override
    public Collection<String> groupsOf(Caller caller) {
        return caller.subject().stream()
                .filter(user -> user.contains("@"))
                .map(user -> user.substring(user.indexOf('@') + 1))
                .toList();
    }
}
