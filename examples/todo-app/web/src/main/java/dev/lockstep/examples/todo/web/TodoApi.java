package dev.lockstep.examples.todo.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;
import java.util.Set;

/** The collections of {@code todo-app}, in the native dialect, below {@code /api}, and endpoints of its own. */
@ApplicationPath("/api")
public class TodoApi extends CfSyncApi {
    @Override
    protected Set<Class<?>> ownResources() {
        return Set.of(CompleteAll.class, TypingResource.class);
    }
}
