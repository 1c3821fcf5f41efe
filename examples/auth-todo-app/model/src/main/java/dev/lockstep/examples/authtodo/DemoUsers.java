package dev.lockstep.examples.authtodo;

import dev.lockstep.api.identity.BasicUsers;
import dev.lockstep.api.identity.DevelopmentOnly;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demonstration's users, with a publicly known password. */
@ApplicationScoped
@DevelopmentOnly
public class DemoUsers implements BasicUsers {
    private static final String PASSWORD = "password";

    private static final BasicUsers ALL =
            BasicUsers.listed(List.of(new User("admin", PASSWORD, Map.of()), new User("user", PASSWORD, Map.of())));

    @Override
    public Optional<Map<String, Object>> claims(String user, String password) {
        return ALL.claims(user, password);
    }

    /** Everything except the page that signs out. */
    @Override
    public boolean guards(String method, String path) {
        return !(method.equals("GET") && path.equals("/logout"));
    }
}
