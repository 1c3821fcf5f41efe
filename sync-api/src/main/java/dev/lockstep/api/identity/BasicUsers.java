package dev.lockstep.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets an application's users sign in with name and password (HTTP Basic): a CDI bean in the application's packages. An
 * application without one does not take passwords.
 *
 * <p>Called from many threads at once, for every request; may block for a moment.
 */
@FunctionalInterface
public interface BasicUsers {
    /**
     * What is to be said of the user whose name and password these are; empty if they are nobody's. It must take as long
     * for a wrong password as for a right one, and for an unknown user: see {@link #listed}.
     */
    Optional<Map<String, Object>> claims(String user, String password);

    /** What browsers show when they ask for the password. */
    default String realm() {
        return "Secure Area";
    }

    /**
     * Whether even this is for signed-in users only: pages, for example. Others are asked for their password.
     *
     * @param path within the application, decoded, beginning with a slash
     */
    default boolean guards(String method, String path) {
        return false;
    }

    /** One user of a fixed list. */
    record User(String name, String password, Map<String, Object> claims) {
        /** Without the password. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** A fixed list of users. Every password is compared with that of each of them, in a time that tells nothing. */
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
        // Of digests, whose length tells nothing of a password's.
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
