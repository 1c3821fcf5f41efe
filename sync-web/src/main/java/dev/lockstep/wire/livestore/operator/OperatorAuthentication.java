package dev.lockstep.wire.livestore.operator;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.identity.DialectAuthentication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** No user: the header {@code Authorization} holds the operator's key, which {@link OperatorServlet} checks. */
@ApplicationScoped
class OperatorAuthentication implements DialectAuthentication {
    @Inject
    private ServedApplication application;

    @Override
    public boolean isAt(String path) {
        return (path.equals(OperatorServlet.PATH) || path.startsWith(OperatorServlet.PATH + "/"))
                && application.speaks(OperatorServlet.class.getName());
    }

    @Override
    public Credentials credentials(Credentials sent) {
        return new Credentials(sent.application(), sent.isUpgrade(), Map.of(), Map.of(), Map.of());
    }

    @Override
    public Optional<String> refuses(Credentials accepted, Identity identity) {
        return Optional.empty();
    }
}
