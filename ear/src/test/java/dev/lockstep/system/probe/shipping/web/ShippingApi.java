package dev.lockstep.system.probe.shipping.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;
import java.util.Set;

/** The collections, and the endpoint that was there before. */
@ApplicationPath("/api")
public class ShippingApi extends CfSyncApi {
    @Override
    protected Set<Class<?>> ownResources() {
        return Set.of(AliasResource.class, ClaimResource.class);
    }
}
