package dev.lockstep.examples.projectroles.web;

import dev.lockstep.examples.signin.Me;
import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;
import java.util.Set;

/**
 * The collections of {@code project-roles-todo-app}, in the native dialect, below {@code /api}; the signed-in user; and
 * the roles.
 */
@ApplicationPath("/api")
public class ProjectRolesApi extends CfSyncApi {
    @Override
    protected Set<Class<?>> ownResources() {
        return Set.of(Me.class, MembersResource.class);
    }
}
