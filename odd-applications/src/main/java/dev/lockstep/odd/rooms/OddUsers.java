package dev.lockstep.odd.rooms;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.DevelopmentOnly;
import dev.lockstep.api.identity.GroupResolver;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users of one test run, as {@code alice~run}: their token is their name, and they are members of the rooms {@code run}
 * and {@code run-other}.
 */
@ApplicationScoped
@DevelopmentOnly
@Priority(50)
public class OddUsers implements IdentityResolver, GroupResolver {
    private static final Pattern BEARER = Pattern.compile("(?i)bearer\\s+(\\w+~[\\w-]+)");

    @Override
    public Identity resolve(Credentials credentials) {
        return credentials
                .header("Authorization")
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .<Identity>map(bearer -> new Identity.Known(new Caller(
                        credentials.application(), Optional.of(bearer.group(1)), Map.of(), Optional.empty())))
                .orElseGet(Identity.None::new);
    }

    @Override
    public boolean isSentByBrowsers() {
        return false;
    }

    @Override
    public Collection<String> groupsOf(Caller caller) {
        return caller.subject()
                .map(name -> name.substring(name.indexOf('~') + 1))
                .map(run -> List.of(run, run + "-other"))
                .orElse(List.of());
    }
}
