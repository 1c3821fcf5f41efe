package dev.lockstep.wire.cfsync;

import dev.lockstep.wire.identity.TicketResource;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;

/**
 * The REST application of the native dialect. A WAR extends it, annotates it with {@code @ApplicationPath("/api")}, and may
 * add its own resources, which take precedence over the collections.
 *
 * <pre>{@code
 * @ApplicationPath("/api")
 * public class TodoApi extends CfSyncApi {
 *     @Override
 *     protected Set<Class<?>> ownResources() {
 *         return Set.of(StatisticsResource.class);
 *     }
 * }
 * }</pre>
 */
public abstract class CfSyncApi extends Application {
    /** The WAR's own resource classes. The default is none. */
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
