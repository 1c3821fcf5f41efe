package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import dev.lockstep.identity.Tickets;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A ticket in the address of a socket: the query parameter {@code ticket}. Elsewhere the parameter means nothing. */
@ApplicationScoped
@Priority(200)
class TicketIdentity implements IdentityResolver {
    @Inject
    private Tickets tickets;

    @Override
    public Identity resolve(Credentials credentials) {
        return credentials
                .parameter("ticket")
                .filter(ticket -> credentials.isUpgrade())
                .map(ticket -> tickets.redeem(credentials.application(), ticket)
                        .map(Identity.class::cast)
                        .orElseGet(Identity::refused))
                .orElseGet(Identity.None::new);
    }

    @Override
    public boolean isSentByBrowsers() {
        return false;
    }
}
