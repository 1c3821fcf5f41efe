package dev.lockstep.wire.channels.publish;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.identity.DialectAuthentication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** No user: the header {@code Authorization} holds a publisher's key, which {@link PublisherServlet} checks. */
@ApplicationScoped
class PublisherAuthentication implements DialectAuthentication {
    @Inject
    private ServedApplication application;

    @Override
    public boolean isAt(String path) {
        return (path.equals(PublisherServlet.ONE) || path.equals(PublisherServlet.BATCH))
                && application.speaks(PublisherServlet.class.getName());
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
