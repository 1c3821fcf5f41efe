package dev.lockstep.wire.channels;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.wire.identity.UpgradeCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Refusal of handshakes without credentials, unless the application allows them. */
@ApplicationScoped
class ChannelsUpgradeCheck implements UpgradeCheck {
    private static final Refusal UNAUTHORIZED = new Refusal(ErrorCode.UNAUTHENTICATED, "Unauthorized");

    @Inject
    private ChannelsDialect dialect;

    @Override
    public Optional<Refusal> refuses(String path, Caller caller, Credentials accepted) {
        return path.equals(ChannelsApi.PATH)
                        && dialect.isEnabled()
                        && caller.subject().isEmpty()
                        && !dialect.allowsUnauthenticated()
                ? Optional.of(UNAUTHORIZED)
                : Optional.empty();
    }
}
