package dev.lockstep.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users of an application with name and password (HTTP Basic). A CDI bean in the application's packages. An application
 * without such a bean accepts no passwords.
 *
 * <p>Called from many threads at once, for every request; may block briefly.
 */
@FunctionalInterface
public interface BasicUsers {
    /**
     * The claims of the user with this name and password; empty if they match no user. Must take equally long for a wrong
     * password, a right password and an unknown user: see {@link #listed}.
     */
    Optional<Map<String, Object>> claims(String user, String password);

    /** The text that browsers show when they ask for the password. */
    default String realm() {
        return "Secure Area";
    }

    /**
     * Whether a request outside the API, for example for a page, also requires a signed-in user. If so, browsers ask for
     * name and password.
     *
     * @param path the path within the application, decoded, beginning with a slash
     */
    default boolean guards(String method, String path) {
        return false;
    }

    /** One user of a fixed list. */
    record User(String name, String password, Map<String, Object> claims) {
        /** The name; never the password. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** A fixed list of users. The check compares with every entry, so that its duration reveals nothing. */
    static BasicUsers listed(List<User> users) {
        List<User> all = List.copyOf(users);
        return (name, password) -> {
            User found = null;
            for (User each : all) {
                boolean isName = equal(each.name(), name);
                boolean isPassword = equal(each.password(), password);
                if (isName && isPassword) {
                    found = each;
                }
            }
            return Optional.ofNullable(found).map(User::claims);
        };
    }

    private static boolean equal(String one, String other) {
        // Compares digests: their length does not depend on the password's length.
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
