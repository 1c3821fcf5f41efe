package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.GroupResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The workspaces of the demonstration's users at the start; users may join others. */
@ApplicationScoped
public class DemoGroups implements GroupResolver {
    private static final Map<String, List<String>> OF_USERS = Map.of(
            "alice", List.of("ws-1", "ws-a"),
            "bob", List.of("ws-1", "ws-b"),
            "bench", List.of("ws-bench"));

    @Override
    public Collection<String> groupsOf(Caller caller) {
        return caller.subject().map(OF_USERS::get).orElse(List.of());
    }
}
