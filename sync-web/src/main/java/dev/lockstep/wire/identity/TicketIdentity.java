package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import dev.lockstep.identity.Tickets;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Resolver of a ticket in a socket's address, the query parameter {@code ticket}. Other requests ignore the parameter. */
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
