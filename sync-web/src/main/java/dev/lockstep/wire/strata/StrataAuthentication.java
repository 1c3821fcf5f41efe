package dev.lockstep.wire.strata;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.identity.DialectAuthentication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Authentication of this dialect (contract, section 1.0) with a bearer token. Requests carry it in the header; sockets in the
 * address or, for clients other than browsers, in the header. Requests are refused after their validation, sockets at once.
 */
@ApplicationScoped
class StrataAuthentication implements DialectAuthentication {
    private static final String AUTHORIZATION = "authorization";

    @Inject
    private StrataDialect dialect;

    @Override
    public boolean isAt(String path) {
        return path.startsWith(StrataApi.PREFIX) && dialect.isEnabled();
    }

    @Override
    public Credentials credentials(Credentials sent) {
        Map<String, List<String>> headers = new HashMap<>(sent.headers());
        Optional<String> header =
                Optional.ofNullable(headers.remove(AUTHORIZATION)).map(List::getFirst);
        (sent.isUpgrade() ? tokenInAddress(sent) : Optional.<String>empty())
                .or(() -> header.flatMap(StrataAuthentication::token))
                .ifPresent(token -> headers.put(AUTHORIZATION, List.of("Bearer " + token)));
        return new Credentials(sent.application(), sent.isUpgrade(), headers, Map.of(), sent.parameters());
    }

    private static Optional<String> tokenInAddress(Credentials upgrade) {
        return upgrade.parameter("token").filter(token -> !token.isEmpty());
    }

    /** The token in a header; empty if it is not {@code Bearer} and one word. */
    static Optional<String> token(String header) {
        String[] parts = header.strip().split("\\s+", -1);
        return parts.length == 2 && parts[0].toLowerCase(Locale.ROOT).equals("bearer")
                ? Optional.of(parts[1])
                : Optional.empty();
    }

    @Override
    public Optional<String> refuses(Credentials accepted, Identity identity) {
        if (!accepted.isUpgrade() || identity instanceof Identity.Known) {
            return Optional.empty();
        }
        boolean hasToken = accepted.header(AUTHORIZATION).isPresent();
        return Optional.of(hasToken ? "{\"error\":\"Invalid token\"}" : "{\"error\":\"Token required\"}");
    }
}
