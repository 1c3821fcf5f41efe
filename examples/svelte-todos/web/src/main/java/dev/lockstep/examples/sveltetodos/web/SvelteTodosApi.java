package dev.lockstep.examples.sveltetodos.web;

import dev.lockstep.examples.signin.Me;
import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;
import java.util.Set;

/** The same collections in the native dialect, below {@code /rest}, and the user. */
@ApplicationPath("/rest")
public class SvelteTodosApi extends CfSyncApi {
    @Override
    protected Set<Class<?>> ownResources() {
        return Set.of(Me.class);
    }
}
