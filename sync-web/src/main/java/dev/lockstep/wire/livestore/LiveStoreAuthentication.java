package dev.lockstep.wire.livestore;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.identity.DialectAuthentication;
import dev.lockstep.wire.livestore.rpc.StoreAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Authentication of this dialect: the server's own credentials, and a token in the payload, which counts like one in the
 * header {@code Authorization}. Browsers cannot send that header with a socket.
 */
@ApplicationScoped
class LiveStoreAuthentication implements DialectAuthentication {
    private static final String AUTHORIZATION = "authorization";

    @Inject
    private LiveStoreDialect dialect;

    @Override
    public boolean isAt(String path) {
        return path.equals(LiveStoreApi.PATH) && dialect.isEnabled();
    }

    @Override
    public boolean acceptsBrowserCredentials() {
        return true;
    }

    @Override
    public boolean isReadableByAllOrigins() {
        return dialect.settings().isOpenToAllOrigins();
    }

    @Override
    public Credentials credentials(Credentials sent) {
        Optional<String> token = dialect.payloads().token(StoreAddress.of(sent.parameters()));
        if (token.isEmpty() || sent.header(AUTHORIZATION).isPresent()) {
            return sent;
        }
        Map<String, List<String>> headers = new HashMap<>(sent.headers());
        headers.put(AUTHORIZATION, List.of("Bearer " + token.get()));
        return new Credentials(sent.application(), sent.isUpgrade(), headers, sent.cookies(), sent.parameters());
    }

    @Override
    public Optional<String> refuses(Credentials accepted, Identity identity) {
        boolean isWrong = identity instanceof Identity.Refused
                || (identity instanceof Identity.None
                        && dialect.payloads().hasWrongSecret(StoreAddress.of(accepted.parameters())));
        return isWrong ? Optional.of("{\"error\":\"Invalid token\"}") : Optional.empty();
    }
}
