package dev.lockstep.examples.authtodo.web;

import dev.lockstep.examples.signin.Me;
import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;
import java.util.Set;

/** The collections of {@code auth-todo-app}, in the native dialect, below {@code /api}, and the signed-in user. */
@ApplicationPath("/api")
public class AuthTodoApi extends CfSyncApi {
    @Override
    protected Set<Class<?>> ownResources() {
        return Set.of(Me.class);
    }
}
