package dev.lockstep.wire.cfsync;

import dev.lockstep.wire.identity.TicketResource;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;

/**
 * The REST side of the native dialect. A WAR extends it, annotates it with {@code @ApplicationPath("/api")}, and may
 * add resources of its own; those go before the collections.
 */
public abstract class CfSyncApi extends Application {
    /** The WAR's own resources; none, unless overridden. */
    protected Set<Class<?>> ownResources() {
        return Set.of();
    }

    @Override
    public final Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(ownResources());
        classes.add(CfSyncResource.class);
        classes.add(TicketResource.class);
        classes.add(CfSyncErrors.class);
        classes.add(CfSyncOrigins.class);
        classes.add(CfSyncCompression.class);
        return classes;
    }
}
