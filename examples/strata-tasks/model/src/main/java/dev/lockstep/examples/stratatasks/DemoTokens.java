package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.DevelopmentOnly;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demonstration's publicly known tokens. They are tried before signed tokens. */
@ApplicationScoped
@DevelopmentOnly
@Priority(50)
public class DemoTokens implements IdentityResolver {
    private static final Pattern BEARER = Pattern.compile("(?i)bearer\\s+(\\S+)");
    private static final String EXPIRED = "expired-token";
    private static final Map<String, String> USERS =
            Map.of("alice-token", "alice", "bob-token", "bob", "bench-token", "bench");

    @Override
    public Identity resolve(Credentials credentials) {
        return credentials
                .header("Authorization")
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(bearer -> identity(credentials.application(), bearer.group(1)))
                .orElseGet(Identity.None::new);
    }

    private static Identity identity(String application, String token) {
        if (token.equals(EXPIRED)) {
            return new Identity.Refused(new Refusal(ErrorCode.UNAUTHENTICATED, "Token expired"), Optional.empty());
        }
        String user = USERS.get(token);
        return user == null
                ? new Identity.None()
                : new Identity.Known(new Caller(application, Optional.of(user), Map.of(), Optional.empty()));
    }

    @Override
    public boolean isSentByBrowsers() {
        return false;
    }
}
