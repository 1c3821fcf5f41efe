package dev.lockstep.system.probe.model;

import dev.lockstep.api.identity.BasicUsers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two users with passwords; paths below {@code /members} are for signed-in users only. */
@ApplicationScoped
public class ProbeUsers implements BasicUsers {
    private static final BasicUsers ALL = BasicUsers.listed(
            List.of(new User("alice", "wonderland", Map.of("role", "reader")), new User("bob", "builder", Map.of())));

    @Override
    public Optional<Map<String, Object>> claims(String user, String password) {
        return ALL.claims(user, password);
    }

    @Override
    public boolean guards(String method, String path) {
        return path.startsWith("/members");
    }
}
