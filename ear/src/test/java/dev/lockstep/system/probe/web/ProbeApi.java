package dev.lockstep.system.probe.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;
import java.util.Set;

/** The probe's collections in the native dialect, and an endpoint of its own. */
@ApplicationPath("/api")
public class ProbeApi extends CfSyncApi {
    @Override
    protected Set<Class<?>> ownResources() {
        return Set.of(OwnNotes.class, ReadersResource.class, RolesResource.class, VisitResource.class, WhoAmI.class);
    }
}
