package dev.lockstep.system.probe.hooks;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.GroupResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Fails to determine the groups of the user {@code lost}. */
@ApplicationScoped
public class FailingGroups implements GroupResolver {
    @Override
    public Collection<String> groupsOf(Caller caller) {
        if (caller.subject().filter("lost"::equals).isPresent()) {
            throw new IllegalStateException("the directory does not answer, as the test wants it");
        }
        return List.of();
    }
}
