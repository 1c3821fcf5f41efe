package dev.lockstep.examples.stratatasks.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The members of workspaces, below {@code /members}. */
@ApplicationPath("/members")
public class MembersApi extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(MembersResource.class);
    }
}
